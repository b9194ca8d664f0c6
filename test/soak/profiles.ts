import { HOP, TARGET, WAYS, type Way } from './roles.ts';

/** The phone's seconds; at the fleet's pace some real ones. */
const RETRY = '500';

const COMMON = {
  // After its first touch a phone fetches its profile by HTTP, where its User-Agent shows what it runs.
  Profile_Rule: '{{bench_http}}/$MA.xml',
  Resync_Periodic: '6000', Resync_Random_Delay: '1', Resync_Error_Retry_Delay: RETRY, Upgrade_Error_Retry_Delay: RETRY,
  Syslog_Server: '{{bench_syslog}}', Peer_Firmware_Sharing: 'No',
  // Over TFTP nothing else ever shows which load a phone runs.
  Log_Success_Msg: '$PN $MAC -- Successful resync $SCHEME://$SERVIP:$PORT$PATH -- $SWVER',
};

const PROFILES: Readonly<Record<Way, Readonly<Record<string, string>>>> = {
  // `firmware push --into` writes the place.
  wave: { ...COMMON, Upgrade_Rule: '' },
  tftp: { ...COMMON, Profile_Rule: '/$PSN.xml', Upgrade_Rule: ruleBy('{{bench_tftp}}') },
  https: { ...COMMON, Custom_CA_Rule: '{{bench_ca}}', Upgrade_Rule: ruleBy('{{bench_https}}') },
  wrongFamily: { ...COMMON, Upgrade_Rule: `{{bench_http}}/firmware/$MA/${TARGET}.loads` },
  torn: { ...COMMON, Upgrade_Rule: '' },
};

/** A template for each way, with the model that it is for. */
export function templates(): readonly { readonly name: Way; readonly scope: string; readonly text: string }[] {
  return (Object.keys(WAYS) as Way[]).map((name) => ({
    name, scope: WAYS[name],
    text: `<flat-profile>\n${Object.entries(PROFILES[name]).map(([key, value]) => `  <${key} ua="na">${value}</${key}>`).join('\n')}\n</flat-profile>\n`,
  }));
}

/** As Cisco's guides write it: each load for phones below it. */
function ruleBy(server: string): string {
  return `( $SWVER lt ${HOP} )? ${server}/firmware/$MA/${HOP}.loads | ( $SWVER lt ${TARGET} )? ${server}/firmware/$MA/${TARGET}.loads`;
}
