/** Option numbers that this server reads or writes (RFC 2132 unless said). */
export const OPTION = {
  pad: 0,
  subnetMask: 1,
  router: 3,
  dns: 6,
  hostName: 12,
  domain: 15,
  broadcastAddress: 28,
  ntp: 42,
  vendorSpecific: 43,
  requestedAddress: 50,
  leaseTime: 51,
  overload: 52,
  messageType: 53,
  serverId: 54,
  parameterList: 55,
  message: 56,
  maxMessageSize: 57,
  renewalTime: 58,
  rebindingTime: 59,
  vendorClass: 60,
  clientId: 61,
  tftpName: 66,
  bootFile: 67,
  /** RFC 3004. */
  userClass: 77,
  /** RFC 3046. */
  relayAgent: 82,
  /** RFC 3925. */
  vendorIdentifyingClass: 124,
  /** RFC 3925. */
  vendorIdentifying: 125,
  /** RFC 5859. */
  tftpServers: 150,
  /** Cisco: provisioning server. */
  provisioningServer: 159,
  /** Cisco: provisioning URL. */
  provisioningUrl: 160,
  end: 255,
} as const;

/** Values 1 to 8 of option 53, in order. */
export const MESSAGE_TYPES = ['DISCOVER', 'OFFER', 'REQUEST', 'DECLINE', 'ACK', 'NAK', 'RELEASE', 'INFORM'] as const;
export type MessageType = (typeof MESSAGE_TYPES)[number];
