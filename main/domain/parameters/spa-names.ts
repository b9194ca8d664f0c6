/**
 * Names of SPA, PAP and Linksys devices that no phone of today knows, with the name that took their place. From Cisco's
 * provisioning guide of the SPA series and a public template of an SPA962, beside the exports of three phones of today.
 */
const RENAMED: Readonly<Record<string, string>> = {
  Admin_Passwd: 'Admin_Password',
  User_Passwd: 'User_Password',
  Debug_Server: 'Syslog_Server',
  HostName: 'Host_Name',
  Log_Resync_Request_Msg: 'Log_Request_Msg',
  Log_Resync_Success_Msg: 'Log_Success_Msg',
  Log_Resync_Failure_Msg: 'Log_Failure_Msg',
  SCA_Line_ID_Mapping: 'Line_ID_Mapping',
  BMP_Picture_Download_URL: 'Picture_Download_URL',
};

/** What they had and today's phones have no more. */
const GONE = [
  'License_Keys', 'PPPoE_Login_Name', 'PPPoE_Login_Password', 'PPPoE_Service_Name', 'Linksys_Key_System', 'Multicast_Address',
  'Force_LAN_Codec', 'SIP-B_Enable', 'CTI_Enable', 'Notify_Conference', 'No_UDP_Checksum', 'Symmetric_RTP', 'Stats_In_BYE',
  'SIT1_RSC', 'SIT2_RSC', 'SIT3_RSC', 'SIT4_RSC', 'SIT1_Tone', 'SIT2_Tone', 'SIT3_Tone', 'SIT4_Tone',
  'G726r16_Dynamic_Payload', 'G726r24_Dynamic_Payload', 'G726r32_Dynamic_Payload', 'G726r40_Dynamic_Payload',
  'G729b_Dynamic_Payload', 'EncapRTP_Dynamic_Payload', 'EncapRTP_Codec_Name', 'RTP-Start-Loopback_Dynamic_Payload',
  'RTP-Start-Loopback_Codec', 'G726r16_Codec_Name', 'G726r24_Codec_Name', 'G726r32_Codec_Name', 'G726r40_Codec_Name',
  'G723_Codec_Name', 'Prefer_G723_Code', 'Force_G723_Code', 'Prefer_G726r16_Code', 'Force_G726r16_Code', 'Prefer_G726r24_Code',
  'Force_G726r24_Code', 'Prefer_G726r32_Code', 'Force_G726r32_Code', 'Prefer_G726r40_Code', 'Force_G726r40_Code',
  'Call_Back_Expires', 'Call_Back_Retry_Intvl', 'Call_Back_Delay', 'Call_Back_Act_Code', 'Call_Back_Deact_Code', 'Call_Back_Serv',
  'Call_Back_Active_LED', 'Media_Loopback_Code', 'Set_Local_Date__mm_dd_', 'DTMF_Playback_Level', 'DTMF_Playback_Length',
  'Inband_DTMF_Boost', 'Select_Logo', 'Select_Background_Picture', 'ACD_Ext', 'Web_Serv', 'Handset_Input_Gain',
  'Headset_Input_Gain', 'Speakerphone_Input_Gain', 'Acoustic_Echo_Canceller_Enable', 'SIP_CoS_Value_{n}_', 'RTP_CoS_Value_{n}_',
  'Network_Jitter_Level_{n}_', 'Jitter_Buffer_Adjustment_{n}_', 'SIP_Debug_Option_{n}_', 'MOH_Server_{n}_', 'State_Agent_{n}_',
  'CFWD_Notify_Serv_{n}_', 'CFWD_Notifier_{n}_', 'Use_Outbound_Proxy_{n}_', 'Use_Auth_ID_{n}_', 'Enable_PC_Port_VLAN_Tagging',
  'Attendant_Console_Call_Pickup_Code',
];

/** By pattern of the old name; null where nothing took its place. */
export const SPA_NAMES: Readonly<Record<string, string | null>> = {
  ...Object.fromEntries(GONE.map((name) => [name, null])),
  ...RENAMED,
};
