/** Minutes until a message is sent again after the first time nobody took it, the second …; then it is given up, in two days. */
const pauses = [1, 5, 15, 60, 180, 360, 720, 1440]
export const pauseAfter = (attempts: number) => pauses[attempts - 1]
