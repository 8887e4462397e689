// request -> the fields of a form, whoever sent it.

/** In bytes. */
export const LARGEST_BODY = 64 * 1024;

export type Form = readonly (readonly [name: string, value: string | File])[];

/**
 * The fields in their order, none for an empty body; `too-large`: more than `LARGEST_BODY`, and no more was read;
 * `broken`: no form, or one that did not come to its end.
 */
export async function readForm(request: Request): Promise<Form | 'too-large' | 'broken'> {
  try {
    const bytes = await readBytes(request);
    if (bytes === null) return 'too-large';
    if (bytes.length === 0) return [];
    // What needs no more than one line is often sent without its type.
    const type = request.headers.get('content-type') ?? 'application/x-www-form-urlencoded';
    return [...(await new Response(bytes, { headers: { 'content-type': type } }).formData())];
  } catch {
    return 'broken';
  }
}

/** What was sent; `null`: more than `LARGEST_BODY`, and no more was read. Rejects where it did not come to its end. */
export async function readBytes(request: Request): Promise<Uint8Array<ArrayBuffer> | null> {
  if (Number(request.headers.get('content-length')) > LARGEST_BODY) return null;
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.length;
    if (size > LARGEST_BODY) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
