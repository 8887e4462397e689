// `drawbell schema`, as a whole process.

import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { describe, it } from 'vitest';
import { EVENT_TYPES, type Event } from '../../src/event/event.ts';
import { exampleEvents } from '../../src/event/examples.ts';
import { webhookSchema } from '../../src/event/schema.ts';
import { writePost } from '../../src/notify/formats/index.ts';
import { endpoint } from '../notify/formats/samples.ts';
import { jsonOf, openInstallation } from '../support/cli.ts';

function bodyOf(event: Event) {
  return JSON.parse(writePost(event, endpoint('standard')).body);
}

describe('schema', () => {
  it.concurrent('prints one document that every body holds to', async ({ onTestFinished, expect }) => {
    const place = openInstallation(onTestFinished);

    const [plain, json] = await Promise.all([place.drawbell('schema'), place.drawbell('schema', '--json')]);

    expect(plain).toMatchObject({ code: 0, stderr: '' });
    expect(plain.stdout).toContain('\n  "anyOf": [');
    expect(json.stdout.trimEnd()).not.toContain('\n');
    expect(jsonOf(plain)).toEqual(webhookSchema());
    expect(jsonOf(json)).toEqual(webhookSchema());
    const ajv = new Ajv2020();
    formats.default(ajv);
    const valid = ajv.compile(jsonOf(json));
    expect(exampleEvents().filter((event) => !valid(bodyOf(event)))).toEqual([]);
  });

  it.concurrent('prints that of one type', async ({ onTestFinished, expect }) => {
    const place = openInstallation(onTestFinished);

    const answer = await place.drawbell('schema', 'draw_type.returned', '--json');

    expect(answer.code).toBe(0);
    expect(jsonOf(answer)).toEqual(webhookSchema('draw_type.returned'));
  });

  it.concurrent('of a type that is none: exit 2, with those there are', async ({
    onTestFinished,
    expect,
  }) => {
    const place = openInstallation(onTestFinished);

    const { code, stdout, stderr } = await place.drawbell('schema', 'draw.nonsense');

    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    for (const type of EVENT_TYPES) expect(stderr).toContain(type);
  });
});
