/** `full-date` of RFC 3339 §5.6: a day that the calendar has. */
export function isDate(text: string): boolean {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text) ?? [];
  if (year === undefined || month === undefined || day === undefined) return false;
  return Number(month) >= 1 && Number(month) <= 12 && Number(day) >= 1 && Number(day) <= daysOf(+year, +month);
}

/** `full-time` of RFC 3339 §5.6, with a fraction of any length. */
export function isTime(text: string): boolean {
  const [, hour, minute, second, sign, offsetHour = '0', offsetMinute = '0'] =
    /^(\d\d):(\d\d):(\d\d)(?:\.\d+)?(?:[zZ]|([+-])(\d\d):(\d\d))$/.exec(text) ?? [];
  if (hour === undefined || minute === undefined || second === undefined) return false;
  if (+hour > 23 || +minute > 59 || +second > 60 || +offsetHour > 23 || +offsetMinute > 59) return false;
  if (+second < 60) return true;
  // Leap seconds are inserted at the end of a day in UTC.
  const offset = (sign === '-' ? -1 : 1) * (60 * +offsetHour + +offsetMinute);
  return (60 * +hour + +minute - offset + 2 * minutesOfDay) % minutesOfDay === minutesOfDay - 1;
}

/** `date-time` of RFC 3339 §5.6; its note allows a space in place of the `T`, and lower case. */
export function isDateTime(text: string): boolean {
  return /^.{10}[tT ]/s.test(text) && isDate(text.slice(0, 10)) && isTime(text.slice(11));
}

const minutesOfDay = 24 * 60;

function daysOf(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}
