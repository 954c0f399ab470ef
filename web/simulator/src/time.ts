// Times as WeChat prints them: today 09:05, yesterday 昨天 09:05, else the date.

const two = (n: number) => String(n).padStart(2, '0')

function day(at: Date): number {
  return Math.floor((at.getTime() - at.getTimezoneOffset() * 60_000) / 86_400_000)
}

export function stamp(at: number, now = Date.now()): string {
  const when = new Date(at)
  const clock = `${two(when.getHours())}:${two(when.getMinutes())}`
  const days = day(new Date(now)) - day(when)
  if (days === 0) return clock
  if (days === 1) return `昨天 ${clock}`
  return `${when.getFullYear()}年${when.getMonth() + 1}月${when.getDate()}日 ${clock}`
}

// WeChat prints a new time when five minutes passed without a message.
export const gap = 5 * 60_000
