/** Removes a folder that processes of the browser, ended a moment ago, may still be writing to. */
export async function removeWhenLeft(dir: string): Promise<void> {
  for (let tries = 50;; tries--) {
    try {
      return await Deno.remove(dir, { recursive: true });
    } catch (error) {
      if (tries === 0) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}
