import { offsetMinutes } from './zoned-day.ts';

export type ZoneName = { place: string; name: string; offset: string };

/** 'UTC+5:30', 'UTC−3' or 'UTC', with a true minus sign. */
export function offsetText(minutesEast: number): string {
  if (minutesEast === 0) return 'UTC';
  const size = Math.abs(minutesEast);
  const minutes = size % 60;
  return `UTC${minutesEast < 0 ? '−' : '+'}${Math.floor(size / 60)}${minutes ? `:${String(minutes).padStart(2, '0')}` : ''}`;
}

/** The zone as people know it at that instant: summer and winter have names of their own. */
export function zoneName(zone: string, instant: number, locale: string): ZoneName {
  const parts = new Intl.DateTimeFormat(locale, { timeZone: zone, timeZoneName: 'long' }).formatToParts(instant);
  const name = parts.find((part) => part.type === 'timeZoneName')?.value ?? zone;
  return {
    place: (zone.split('/').at(-1) ?? zone).replaceAll('_', ' '),
    name,
    offset: offsetText(offsetMinutes(instant, zone)),
  };
}

/** Browsers still tell some zones by names of old, under which nobody looks for them. */
const renamed: Record<string, string> = {
  'Africa/Asmera': 'Africa/Asmara',
  'America/Buenos_Aires': 'America/Argentina/Buenos_Aires',
  'America/Catamarca': 'America/Argentina/Catamarca',
  'America/Coral_Harbour': 'America/Atikokan',
  'America/Cordoba': 'America/Argentina/Cordoba',
  'America/Godthab': 'America/Nuuk',
  'America/Indianapolis': 'America/Indiana/Indianapolis',
  'America/Jujuy': 'America/Argentina/Jujuy',
  'America/Louisville': 'America/Kentucky/Louisville',
  'America/Mendoza': 'America/Argentina/Mendoza',
  'Asia/Calcutta': 'Asia/Kolkata',
  'Asia/Katmandu': 'Asia/Kathmandu',
  'Asia/Rangoon': 'Asia/Yangon',
  'Asia/Saigon': 'Asia/Ho_Chi_Minh',
  'Atlantic/Faeroe': 'Atlantic/Faroe',
  'Europe/Kiev': 'Europe/Kyiv',
  'Pacific/Enderbury': 'Pacific/Kanton',
  'Pacific/Ponape': 'Pacific/Pohnpei',
  'Pacific/Truk': 'Pacific/Chuuk',
};

export function currentName(zone: string): string {
  return renamed[zone] ?? zone;
}

export function deviceZone(): string {
  return currentName(Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC');
}

/** UTC stands in an account until its owner chooses: until then the device's own zone is the better guess. */
export function effectiveZone(accountZone: string, device: string, choseUtc: boolean): string {
  return accountZone === 'UTC' && !choseUtc ? device : accountZone;
}

export type ZoneChoice = { zone: string; label: string; name: string };

/** All zones that this browser can reckon with, the given ones first, each with its name at that instant. */
export function zoneChoices(first: string[], instant: number, locale: string): ZoneChoice[] {
  const zones = new Set([...first, 'UTC', ...Intl.supportedValuesOf('timeZone').map(currentName)]);
  return [...zones].map((zone) => {
    const { name, offset } = zoneName(zone, instant, locale);
    return { zone, label: zone.replaceAll('_', ' '), name: `${name} (${offset})` };
  });
}
