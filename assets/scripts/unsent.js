// The marks of a lesson that this device holds and has not sent yet. Numbers only, never a name.
let known

const store = () => {
  known ??= new Promise((ready, fail) => {
    const asked = indexedDB.open('lab-roll', 1)
    asked.onupgradeneeded = () => asked.result.createObjectStore('marks', { keyPath: 'id' })
    asked.onsuccess = () => ready(asked.result)
    asked.onerror = () => fail(asked.error)
  })
  return known
}
export const inStore = async (mode, work) => {
  const box = (await store()).transaction('marks', mode)
  const asked = work(box.objectStore('marks'))
  return new Promise((done, fail) => {
    box.oncomplete = () => done(asked.result)
    box.onerror = box.onabort = () => fail(box.error)
  })
}
export const kept = async () => {
  const all = await inStore('readonly', (marks) => marks.getAll())
  return all.sort((a, b) => (a.made_at < b.made_at ? -1 : 1))
}
