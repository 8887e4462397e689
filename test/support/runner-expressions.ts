// `${{ }}` in an action, evaluated by GitHub's own library.

import { data, Evaluator, Lexer, Parser } from '@actions/expressions';
import type { FunctionDefinition } from '@actions/expressions/funcs/info';

/** By name: `github`, `inputs`, `steps`, ... */
export type Contexts = Record<string, Record<string, unknown>>;

/** How the run stands, as the functions of a condition see it. */
export interface Standing {
  failed: boolean;
  cancelled: boolean;
}

/** The text with each expression in it replaced by what it comes to. Throws for a context or function there is not. */
export function evaluateText(text: string, contexts: Contexts): string {
  return text.replace(/\$\{\{(.*?)\}\}/gs, (_, expression: string) =>
    evaluate(expression, contexts, []).coerceString(),
  );
}

/** Whether a step is run; one without a word on how the run stands is run while nothing has failed. */
export function conditionHolds(
  written: string | boolean | undefined,
  contexts: Contexts,
  standing: Standing,
): boolean {
  const condition = String(written ?? '')
    .replace(/^\s*\$\{\{(.*)\}\}\s*$/s, '$1')
    .trim();
  const asks = /\b(success|failure|always|cancelled)\s*\(/i.test(condition);
  const whole = asks ? condition : condition === '' ? 'success()' : `success() && (${condition})`;
  return isTrue(evaluate(whole, contexts, functionsOf(standing)));
}

function functionsOf({ failed, cancelled }: Standing): FunctionDefinition[] {
  const answers = { success: !failed && !cancelled, failure: failed && !cancelled, always: true, cancelled };
  return Object.entries(answers).map(([name, answer]) => ({
    name,
    minArgs: 0,
    maxArgs: 0,
    call: () => new data.BooleanData(answer),
  }));
}

function evaluate(
  expression: string,
  contexts: Contexts,
  functions: FunctionDefinition[],
): data.ExpressionData {
  const { tokens } = new Lexer(expression.trim()).lex();
  const parsed = new Parser(tokens, Object.keys(contexts), functions).parse();
  const values: data.Dictionary = JSON.parse(JSON.stringify(contexts), data.reviver);
  return new Evaluator(parsed, values, new Map(functions.map((each) => [each.name, each]))).evaluate();
}

function isTrue(value: data.ExpressionData): boolean {
  if (value.kind === data.Kind.Boolean) return value.value;
  if (value.kind === data.Kind.Null) return false;
  if (value.kind === data.Kind.Number) return value.value !== 0 && !Number.isNaN(value.value);
  return value.kind !== data.Kind.String || value.value !== '';
}
