/**
 * What is said where a runtime's permissions keep a task from the bucket.
 *
 * @param place What the user calls the store.
 * @param error What the runtime said.
 */
export function deniedMessage(place: string, error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const why = message.replace(/, run again with.*/s, "").replace(/^Requires/, "it requires");
  return `${place} is in a bucket, which this task may not reach (${why}): there is one that may, called alike with :bucket, as deno task run:bucket for run`;
}
