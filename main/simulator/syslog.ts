const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

/** local0.notice (RFC 3164 §4.1.1). The phone's facility is not documented; notice is the default of Debug_Level. */
const PRIORITY = 16 * 8 + 5;

/**
 * One line as a phone sends it: RFC 3164 priority and time stamp, the identifier of Syslog_Identifier where one is set, the text.
 * Whether real phones put a host name after the time is not confirmed.
 */
export function syslogLine(at: Date, identifier: string, text: string): string {
  const month = MONTHS[at.getMonth()] ?? 'Jan';
  const day = String(at.getDate()).padStart(2, ' ');
  const clock = [at.getHours(), at.getMinutes(), at.getSeconds()].map((part) => String(part).padStart(2, '0')).join(':');
  return `<${PRIORITY}>${month} ${day} ${clock} ${identifier === '' ? '' : `${identifier} `}${text}`;
}

/** `host` or `host:port` of Syslog_Server; null for an empty or unreadable value. */
export function readSyslogServer(text: string): { readonly host: string; readonly port: number | null } | null {
  const match = /^([A-Za-z0-9.-]+)(?::(\d{1,5}))?$/.exec(text.trim());
  if (!match?.[1]) return null;
  const port = match[2] === undefined ? null : Number(match[2]);
  return port !== null && (port < 1 || port > 65_535) ? null : { host: match[1], port };
}

/** The value of Syslog_Identifier: None, or a macro in its own spelling. */
export function identifierText(setting: string, expand: (text: string) => string): string {
  const clean = setting.trim();
  return clean === '' || clean.toLowerCase() === 'none' ? '' : expand(clean);
}
