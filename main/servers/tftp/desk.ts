import type { RemoteInfo, Socket } from 'node:dgram';
import type { Peer, TransferProgress } from '../../../common/values/observation.ts';
import { ERROR, HEADER, OPCODE, readPacket, writeError, type Packet } from './codec.ts';
import type { HostAnswer, WorkerFigures, WorkerOrder } from './messages.ts';
import { ReadTransfer } from './reading.ts';
import { openStrangers } from './strangers.ts';
import { peerOf, type Floor, type Opening, type Transfer } from './transfer.ts';
import { WriteTransfer } from './writing.ts';

/** Where every datagram of a worker arrives: finds its transfer, begins a new one, or says why not. */
export interface Desk {
  onDatagram(socket: Socket, bytes: Buffer, from: RemoteInfo): void;
  onAnswer(answer: HostAnswer): void;
  /** Ends or resends what is due. */
  tick(): void;
  /** Transfers that moved since the last call. */
  progress(): readonly TransferProgress[];
  figures(): WorkerFigures;
  /** Transfers in memory, those without a slot included. */
  readonly size: number;
  stop(): void;
}

/** Enough for every phone of a large site at once, few enough that a flood of invented addresses costs some megabytes. */
const MOST_TRANSFERS = 8_192;
/** A full desk looks at so many of its oldest transfers for one to end: what moves for long stands among them. */
const LOOK_AT = 512;
/** Each upload has a file open. */
const MOST_WRITERS = 256;

export function openDesk(
  order: WorkerOrder, request: () => Socket, next: () => Socket, floor: Omit<Floor, 'ended'>, onBusy: () => void,
): Desk {
  /** By address, then port: making one text of both for every datagram costs more than a second look-up. */
  const byPeer = new Map<string, Map<number, Transfer>>();
  const byExchange = new Map<string, Transfer>();
  const reported = new Map<string, number>();
  const strangers = openStrangers();
  /** Peers whose transfer ended lately: their late packets are no mistake. */
  let ended = new Set<string>();
  let endedBefore = new Set<string>();
  let turnedAt = 0;
  let serial = 0;
  let writers = 0;
  let crowded = { address: '', until: 0 };
  let rebukedAt = 0;
  let rebukes = 0;
  const { counters } = floor;

  const whole: Floor = {
    ...floor,
    ended(transfer) {
      if (byExchange.delete(transfer.request.exchange) && transfer instanceof WriteTransfer) writers -= 1;
      reported.delete(transfer.request.exchange);
      const { address, port } = transfer.request.peer;
      const here = byPeer.get(address);
      if (here?.get(port) === transfer) here.delete(port);
      if (here?.size === 0) byPeer.delete(address);
      if (ended.size < MOST_TRANSFERS) ended.add(keyOf(transfer.request.peer));
    },
  };

  function onRequest(socket: Socket, bytes: Buffer, from: RemoteInfo): void {
    const packet = readPacket(bytes);
    if (packet.kind !== 'read' && packet.kind !== 'write') { onOdd(socket, packet, from); return; }
    const fingerprint = bytes.toString('latin1');
    const { address } = from;
    const known = byPeer.get(address)?.get(from.port);
    if (known !== undefined) {
      if (known.isRepeated(fingerprint, floor.clock())) { known.again(floor.clock()); return; }
      // The phone began anew from the same port; the acknowledgement that we wait for will not come, or came elsewhere.
      known.stop('tftp.restarted', null);
    }
    if (byExchange.size >= MOST_TRANSFERS) dropUnheard();
    if (byExchange.size >= MOST_TRANSFERS || (packet.kind === 'write' && writers >= MOST_WRITERS) || isCrowded(address)) {
      // Silence: the phone asks again by its own timer, while an error would end its attempt.
      ignore('tftp.too-many', from, packet);
      return;
    }
    serial += 1;
    const opening: Opening = {
      socket: next(), options: packet.options, fingerprint,
      request: { peer: peerOf(from), path: packet.path, mode: packet.mode, exchange: `${order.prefix}-${String(serial)}` },
    };
    if (packet.kind === 'write') writers += 1;
    const transfer = packet.kind === 'read' ? new ReadTransfer(whole, opening) : new WriteTransfer(whole, opening);
    const here = byPeer.get(address) ?? new Map<number, Transfer>();
    byPeer.set(address, here.set(from.port, transfer));
    byExchange.set(opening.request.exchange, transfer);
    onBusy();
  }

  /** Full: the oldest request whose sender has not said a word since makes room. Invented senders never do, phones do at once. */
  function dropUnheard(): void {
    let seen = 0;
    for (const transfer of byExchange.values()) {
      if (!transfer.wasHeard()) { transfer.stop('tftp.never-answered', null); return; }
      seen += 1;
      if (seen === LOOK_AT) return;
    }
  }

  /** Looked at closely only when the cheap count says that it matters: transfers that wait for a last ACK hold no slot. */
  function isCrowded(address: string): boolean {
    const here = byPeer.get(address);
    if (here === undefined || here.size < order.maxTransfersPerPeer) return false;
    const now = floor.clock();
    // A flood from one address must not make every one of its packets cost a walk through its transfers.
    if (crowded.address === address && now < crowded.until) return true;
    let slots = 0;
    for (const transfer of here.values()) if (transfer.holdsSlot()) slots += 1;
    if (slots < order.maxTransfersPerPeer) return false;
    crowded = { address, until: now + 50 };
    return true;
  }

  /** Anything that is neither a request nor part of a transfer. An ERROR is never answered (RFC 1350 §5). */
  function onOdd(socket: Socket, packet: Packet, from: RemoteInfo): void {
    const key = keyOf(from);
    if (packet.kind === 'error' || ended.has(key) || endedBefore.has(key)) return;
    if (packet.kind === 'data' || packet.kind === 'ack') {
      ignore('tftp.unknown-transfer', from, packet);
      rebuke(socket, from, ERROR.unknownTransfer, 'Unknown transfer');
      return;
    }
    const request = packet.kind === 'bad' && (packet.opcode === OPCODE.read || packet.opcode === OPCODE.write);
    ignore(request ? 'tftp.bad-request' : 'tftp.bad-packet', from, packet);
    if (!request || packet.kind !== 'bad') return;
    if (packet.why === 'name') rebuke(socket, from, ERROR.notFound, 'File not found');
    else rebuke(socket, from, ERROR.illegal, packet.why === 'mode' ? 'Mode is not octet or netascii' : 'Malformed request');
  }

  /** Protocol errors for strangers are few in a second: an invented source address must not turn us against its owner. */
  function rebuke(socket: Socket, from: RemoteInfo, code: number, message: string): void {
    const now = floor.clock();
    if (now - rebukedAt > 1_000) { rebukedAt = now; rebukes = 0; }
    rebukes += 1;
    if (rebukes <= 100) floor.send(socket, writeError(code, message), peerOf(from));
  }

  /** Counted always, told once for each address and reason. */
  function ignore(code: string, from: RemoteInfo, packet: Packet): void {
    counters.ignored += 1;
    if (!strangers.first(from.address, code)) return;
    const asked = packet.kind === 'read' ? 'RRQ' : packet.kind === 'write' ? 'WRQ' : packet.kind === 'bad' ? 'datagram' : packet.kind.toUpperCase();
    floor.outbox.see({
      at: Date.now(), peer: peerOf(from), asked, facts: 'path' in packet ? { path: packet.path } : {}, outcome: { kind: 'ignored', code },
    });
  }

  return {
    onDatagram(socket, bytes, from) {
      // RFC 768: source port 0 means that no answer is wanted, and the system refuses to send there. Only a forged request has it.
      if (from.port === 0) { counters.ignored += 1; return; }
      const opcode = bytes.length >= HEADER && bytes[0] === 0 ? bytes[1] ?? 0 : 0;
      if (opcode >= OPCODE.data && opcode <= OPCODE.error) {
        const transfer = byPeer.get(from.address)?.get(from.port);
        if (transfer !== undefined && transfer.socket === socket) { transfer.receive(bytes, floor.clock()); return; }
        onOdd(socket, readPacket(bytes), from);
        return;
      }
      if (socket === request()) onRequest(socket, bytes, from);
      else onOdd(socket, readPacket(bytes), from);
    },
    onAnswer(answer) { byExchange.get(answer.exchange)?.answered(answer); },
    tick() {
      const now = floor.clock();
      for (const transfer of byExchange.values()) if (transfer.wakeAt <= now) transfer.tick(now);
      if (now - turnedAt > 5_000) {
        turnedAt = now;
        endedBefore = ended;
        ended = new Set();
      }
    },
    progress() {
      const moved: TransferProgress[] = [];
      for (const transfer of byExchange.values()) {
        const { bytes, total } = transfer.moved();
        const { exchange, peer, path } = transfer.request;
        if (bytes === (reported.get(exchange) ?? 0)) continue;
        reported.set(exchange, bytes);
        moved.push({ exchange, server: 'tftp', peer, path, bytes, total });
      }
      return moved;
    },
    figures() {
      let transfers = 0;
      for (const transfer of byExchange.values()) if (transfer.holdsSlot()) transfers += 1;
      return { transfers, ...counters };
    },
    get size() { return byExchange.size; },
    stop() {
      for (const transfer of [...byExchange.values()]) transfer.stop('tftp.stopped', 'The bench stops');
    },
  };
}

function keyOf({ address, port }: Peer): string {
  return `${address} ${String(port)}`;
}
