/** Like `Promise.all`, with no more than a handful in hand: the house turns away whoever waits two seconds for the database. */
export async function fewAtATime<Item, Result>(
  items: readonly Item[],
  work: (item: Item, at: number) => Promise<Result>,
  few = 5,
) {
  const results: Result[] = []
  let next = 0
  const worker = async () => {
    for (let at = next++; at < items.length; at = next++) results[at] = await work(items[at] as Item, at)
  }
  await Promise.all(Array.from({ length: few }, worker))
  return results
}
