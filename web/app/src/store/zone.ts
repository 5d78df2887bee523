// Clock times of a zone: what a field for date and time says, as a moment.

/** The moment at which clocks of a zone show `2026-11-23T14:05`; undefined for what is no time. */
export function momentInZone(clock: string, zone: string): Date | undefined {
  const asUtc = Date.parse(`${clock}Z`);
  if (Number.isNaN(asUtc)) return undefined;
  // Once more at the moment found: a change of the clocks may lie between the two.
  const near = asUtc - offsetMs(new Date(asUtc), zone);
  return new Date(asUtc - offsetMs(new Date(near), zone));
}

/** How far clocks of a zone are ahead of UTC at a moment. */
function offsetMs(at: Date, zone: string): number {
  const parts = new Intl.DateTimeFormat('en', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(at);
  const part = (type: string) => Number(parts.find((each) => each.type === type)?.value);
  const shown = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
  return shown - Math.floor(at.getTime() / 1000) * 1000;
}
