/**
 * Names of SPA, PAP and Linksys devices that the phones of today ignore, with the name that took their place, null where
 * none did. From Cisco's provisioning guide of the SPA series beside the exports of three phones.
 */
export const SPA_NAMES: Readonly<Record<string, string | null>> = {
  Admin_Passwd: 'Admin_Password',
  Debug_Server: 'Syslog_Server',
  Log_Resync_Request_Msg: 'Log_Request_Msg',
  Log_Resync_Success_Msg: 'Log_Success_Msg',
  Log_Resync_Failure_Msg: 'Log_Failure_Msg',
};
