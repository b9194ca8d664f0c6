import type { FormField } from '../../../../common/values/profile-edit.ts';

/** A parameter of the form. `{n}` is the line. */
export interface FieldPlan {
  readonly name: string;
  /** Literal values that Cisco documents, in the phone's order; empty for free text. */
  readonly options: readonly string[];
}

const YES_NO = ['Yes', 'No'];
const LEVELS = ['EMERGENCY', 'ALERT', 'CRITICAL', 'ERROR', 'WARNING', 'NOTICE', 'INFO', 'DEBUG'];

const free = (...names: readonly string[]): readonly FieldPlan[] => names.map((name) => ({ name, options: [] }));
const yesNo = (...names: readonly string[]): readonly FieldPlan[] => names.map((name) => ({ name, options: YES_NO }));
const oneOf = (name: string, ...options: readonly string[]): FieldPlan => ({ name, options });

/** What nearly every profile sets, in the order in which a technician thinks of it. */
export const GROUPS: readonly { readonly group: Exclude<FormField['group'], 'line'>; readonly fields: readonly FieldPlan[] }[] = [
  { group: 'server', fields: free('Profile_Rule', 'Profile_Rule_B', 'Profile_Rule_C', 'Profile_Rule_D', 'Report_Rule') },
  {
    group: 'resync',
    fields: [
      ...yesNo('Provision_Enable', 'Resync_On_Reset'),
      ...free('Resync_Periodic', 'Resync_Random_Delay', 'Resync_At__HHmm_', 'Resync_Error_Retry_Delay'),
    ],
  },
  { group: 'firmware', fields: [...yesNo('Upgrade_Enable'), ...free('Upgrade_Rule'), ...yesNo('Peer_Firmware_Sharing')] },
  {
    group: 'syslog',
    fields: [
      ...free('Syslog_Server'),
      oneOf('Debug_Level', ...LEVELS),
      ...free('Log_Request_Msg', 'Log_Success_Msg', 'Log_Failure_Msg', 'Log_Upgrade_Request_Msg', 'Log_Upgrade_Success_Msg', 'Log_Upgrade_Failure_Msg'),
    ],
  },
  { group: 'certificate', fields: free('Custom_CA_Rule') },
  { group: 'access', fields: [...free('Restricted_Access_Domains'), ...yesNo('Enable_Web_Server'), ...free('Admin_Password', 'User_Password')] },
];

export const LINE_FIELDS: readonly FieldPlan[] = [
  ...yesNo('Line_Enable_{n}_'),
  ...free('Display_Name_{n}_', 'User_ID_{n}_', 'Auth_ID_{n}_', 'Password_{n}_', 'Proxy_{n}_', 'Outbound_Proxy_{n}_'),
  oneOf('SIP_Transport_{n}_', 'UDP', 'TCP', 'TLS', 'AUTO'),
  ...yesNo('Register_{n}_'),
];
