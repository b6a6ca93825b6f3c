/**
 * What is said where a runtime's permissions keep a task from the bucket.
 *
 * @param place What the user calls the store.
 */
export function deniedMessage(place: string): string {
  return `${place} is in a bucket, which this task may not reach: the tasks run:bucket, work:bucket and collect:bucket may, in place of run, work and collect`;
}
