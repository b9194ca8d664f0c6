/** Every parameter that the phone holds, by element name; what is absent is empty. */
export type Configuration = ReadonlyMap<string, string>;

/** Parameters that hold secrets: the phone never shows them in a report or an export. */
const SECRET = /Passw(?:or)?d|Passphrase|Secret|wepKey|IKM_|GPP_S[A-D]/i;

/** Values of a phone out of its box, as far as the virtual phone acts upon them (public exports of 11.x and 12.0). */
const FACTORY: Readonly<Record<string, string>> = {
  Provision_Enable: 'Yes',
  Resync_On_Reset: 'Yes',
  Resync_Random_Delay: '2',
  Resync_At__HHmm_: '',
  Resync_At_Random_Delay: '600',
  Resync_Periodic: '3600',
  Resync_Error_Retry_Delay: '3600',
  Resync_Fails_On_FNF: 'Yes',
  Resync_Trigger_1: '',
  Resync_Trigger_2: '',
  Profile_Rule: '/$PSN.xml',
  Profile_Rule_B: '',
  Profile_Rule_C: '',
  Profile_Rule_D: '',
  DHCP_Option_To_Use: '66,160,159,150,60,43,125',
  Log_Request_Msg: '$PN $MAC -- Requesting resync $SCHEME://$SERVIP:$PORT$PATH',
  Log_Success_Msg: '$PN $MAC -- Successful resync $SCHEME://$SERVIP:$PORT$PATH',
  Log_Failure_Msg: '$PN $MAC -- Resync failed: $ERR',
  Report_Rule: '',
  HTTP_Report_Method: 'POST',
  Report_To_Server: 'On Request',
  Periodic_Upload_To_Server: '3600',
  HTTP_User_Agent_Name: '$VERSION ($MA)',
  Syslog_Server: '',
  Syslog_Identifier: 'None',
  Upgrade_Enable: 'Yes',
  Upgrade_Rule: '',
  Upgrade_Error_Retry_Delay: '3600',
  Downgrade_Rev_Limit: '',
  Peer_Firmware_Sharing: 'Yes',
  Resync_After_Upgrade_Attempt: 'Yes',
  Log_Upgrade_Request_Msg: '$PN $MAC -- Requesting upgrade $SCHEME://$SERVIP:$PORT$PATH',
  Log_Upgrade_Success_Msg: '$PN $MAC -- Successful upgrade $SCHEME://$SERVIP:$PORT$PATH -- $ERR',
  Log_Upgrade_Failure_Msg: '$PN $MAC -- Upgrade failed: $ERR',
  Enable_Web_Server: 'Yes',
  Enable_Direct_Action_Url: 'Yes',
  Admin_Password: '',
};

export function factoryConfiguration(): Configuration {
  return new Map(Object.entries(FACTORY));
}

/** The new values over the old ones; a parameter that the profile does not name keeps its value. */
export function withProfile(configuration: Configuration, parameters: ReadonlyMap<string, string>): Configuration {
  return new Map([...configuration, ...parameters]);
}

export function valueOf(configuration: Configuration, name: string): string {
  return configuration.get(name) ?? '';
}

/** `Yes` in any case; everything else is no. */
export function isOn(configuration: Configuration, name: string): boolean {
  return valueOf(configuration, name).trim().toLowerCase() === 'yes';
}

export function isSecret(name: string): boolean {
  return SECRET.test(name);
}

/**
 * The configuration as the phone reports it. Secrets stand as commented-out elements without a value, as in real exports:
 * `<!-- <ACS_Password ua="na"/> -->`.
 */
export function reportText(configuration: Configuration): string {
  const lines = [...configuration]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => (isSecret(name) ? `<!-- <${name} ua="na"/> -->` : `<${name} ua="na">${escapeXml(value)}</${name}>`));
  return `<?xml version="1.0" encoding="UTF-8"?>\n<device>\n<flat-profile>\n${lines.join('\n')}\n</flat-profile>\n</device>\n`;
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
