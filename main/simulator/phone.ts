import { isLoopback } from '../../common/values/ip.ts';
import { isOn, valueOf } from './configuration.ts';
import { obtainLease } from './dhcp-client.ts';
import { askAsEnterprise } from './enterprise.ts';
import type { PhoneEvent, PhoneState, PhoneStep, ResyncReason } from './events.ts';
import { makeHandset, rest } from './handset.ts';
import type { Handset } from './handset.ts';
import { addressList, findServer } from './lease.ts';
import type { PhoneOptions } from './options.ts';
import { reportPeriod, sendReports } from './report.ts';
import { runResync } from './resync-run.ts';
import { firstTurn, nextTurn } from './turns.ts';
import type { Turn } from './turns.ts';
import { startWeb } from './web.ts';

export type { BenchAddress, PhoneOptions } from './options.ts';

export interface VirtualPhone {
  state(): PhoneState;
  /** The newest 200 steps, oldest first. */
  readonly events: readonly PhoneEvent[];
  /** Resync now, with a one-time rule or with its own; ends when the resync has ended. */
  resync(rule?: string): Promise<PhoneState>;
  /** Ends every wait and transfer; resolves when no socket is left. */
  powerOff(): Promise<void>;
  /** The state at the end of its first resync, be it success or failure, or after a first round of DISCOVER without answer. */
  readonly finished: Promise<PhoneState>;
}

const KEPT_EVENTS = 200;
/** The phone's seconds from power to network, and from loss of power to power. */
const BOOT_SECONDS = 3;
const DARK_SECONDS = 5;
/** DHCP option 6: name servers (RFC 2132 §3.8). */
const DNS_OPTION = 6;

/** Plugs a factory-fresh phone in. */
export function powerUp(options: PhoneOptions): VirtualPhone {
  return new Phone(options);
}

class Phone implements VirtualPhone {
  readonly events: PhoneEvent[] = [];
  readonly finished: Promise<PhoneState>;
  private readonly options: PhoneOptions;
  private readonly finish: (state: PhoneState) => void;
  private readonly plug = new AbortController();
  /** Ends everything that one boot has started. */
  private current = new AbortController();
  private readonly life: Promise<void>;
  private handset: Handset;
  private now: PhoneState;
  /** Ends the wait for the next resync. */
  private pause = new AbortController();
  /** Resyncs follow one another: a phone has one provisioning task. */
  private turn: Promise<unknown> = Promise.resolve();
  private reportedSincePower = false;
  /** The fault `reboot-mid-transfer` struck. */
  private powerLost = false;
  private onNetwork = false;

  constructor(options: PhoneOptions) {
    const finished = Promise.withResolvers<PhoneState>();
    this.options = options;
    this.finished = finished.promise;
    this.finish = finished.resolve;
    this.handset = this.boot();
    this.now = {
      mac: options.mac, model: options.model, phase: 'booting', ip: null, url: null, reaction: null, error: null,
      profile: null, resyncs: 0, failures: 0, nextResyncAt: null, webPort: null,
    };
    this.life = this.live();
  }

  state(): PhoneState {
    return { ...this.now, ip: this.now.phase === 'off' ? null : this.handset.ip };
  }

  async resync(rule?: string): Promise<PhoneState> {
    if (!this.onNetwork) return this.state();
    await this.runOnce('asked', rule);
    this.pause.abort();
    return this.state();
  }

  async powerOff(): Promise<void> {
    this.plug.abort();
    await this.life;
    await this.turn;
  }

  private async live(): Promise<void> {
    for (let boot = 1; !this.plug.signal.aborted; boot += 1) {
      this.note({ kind: 'powered', boot });
      this.update({ phase: 'booting', nextResyncAt: null });
      if (!(await this.oneLife())) break;
      this.note({ kind: 'fault', fault: 'reboot-mid-transfer' });
      this.current.abort();
      if (!(await rest(this.handset, DARK_SECONDS, this.plug.signal))) break;
      this.handset = this.boot();
      this.handset.faults.delete('reboot-mid-transfer');
    }
    this.note({ kind: 'off' });
    this.update({ phase: 'off', nextResyncAt: null, webPort: null });
    this.finish(this.state());
  }

  /** From power to loss of power. @returns true when it was lost by a fault and comes back. */
  private async oneLife(): Promise<boolean> {
    const handset = this.handset;
    if (!(await rest(handset, BOOT_SECONDS)) || !(await this.findBench())) return false;
    if (handset.faults.has('enterprise-load')) {
      this.update({ phase: 'resyncing' });
      const error = await askAsEnterprise(handset);
      this.update({ phase: 'failed', reaction: 'C', error, failures: 1 });
      this.finish(this.state());
      await unplugged(handset);
      return false;
    }
    const web = await startWeb(handset, (rule) => this.resync(rule));
    this.update({ webPort: web?.port ?? null });
    try {
      return await this.keepInSync(handset);
    } finally {
      this.onNetwork = false;
      await web?.stop();
    }
  }

  private async keepInSync(handset: Handset): Promise<boolean> {
    this.onNetwork = true;
    this.reportedSincePower = false;
    this.powerLost = false;
    let turn = firstTurn(handset.configuration, handset.options.random);
    while (!handset.power.aborted) {
      this.pause = new AbortController();
      if (await this.waitFor(turn)) await this.runOnce(turn.reason);
      if (this.powerLost) break;
      turn = nextTurn(handset.configuration, this.now, new Date(), handset.options.random);
    }
    return this.powerLost && !handset.power.aborted;
  }

  /** Waits for the time of the next resync, reporting meanwhile where the profile asks for that. @returns true when it has come. */
  private async waitFor({ seconds, reason }: Turn): Promise<boolean> {
    const handset = this.handset;
    const either = AbortSignal.any([handset.power, this.pause.signal]);
    const period = reportPeriod(handset.configuration);
    if (seconds !== null) {
      const ms = Math.round((seconds * 1000) / handset.options.pace);
      this.note({ kind: 'waits', reason, ms });
      this.update({ nextResyncAt: Date.now() + ms });
    } else this.update({ nextResyncAt: null });
    let left = seconds ?? Number.POSITIVE_INFINITY;
    while (left > 0) {
      const step = Math.min(left, period ?? left);
      if (!(await rest(handset, step, either))) return false;
      left -= step;
      if (left > 0 && period !== null) await sendReports(handset);
    }
    return true;
  }

  private runOnce(reason: ResyncReason, rule?: string): Promise<void> {
    const run = this.turn.then(() => this.runResync(reason, rule));
    this.turn = run;
    return run;
  }

  private async runResync(reason: ResyncReason, rule?: string): Promise<void> {
    const handset = this.handset;
    if (handset.power.aborted || !isOn(handset.configuration, 'Provision_Enable')) return;
    this.update({ phase: 'resyncing', nextResyncAt: null });
    const end = await runResync(handset, reason, rule);
    if (end.reaction === 'power-lost') {
      this.powerLost = true;
      return;
    }
    if (end.reaction === 'blocked') {
      this.update({ phase: this.now.reaction === 'A' ? 'resynced' : 'waiting' });
      return;
    }
    if (end.reaction === 'A') {
      const served = end.profile ?? this.now.profile;
      this.update({ phase: 'resynced', reaction: 'A', error: null, profile: served, resyncs: this.now.resyncs + 1, failures: 0 });
      // Cisco's guides name a restart among the moments of a report: the first good resync since power-up stands for it here.
      if (!this.reportedSincePower) await sendReports(handset);
      this.reportedSincePower = true;
    } else {
      this.update({ phase: 'failed', reaction: end.reaction, error: end.error, failures: this.now.failures + 1 });
    }
    this.finish(this.state());
  }

  /** Learns its address and the server. @returns false when the power went first. */
  private async findBench(): Promise<boolean> {
    const { handset, options } = this;
    if (options.source === 'given') {
      // Its own address is known only where it can be no other.
      handset.ip = isLoopback(options.server.address) ? options.server.address : null;
      handset.serverText = options.server.address;
      handset.nameServer = options.server.dnsPort === undefined ? null : { address: options.server.address, port: options.server.dnsPort };
    } else {
      this.update({ phase: 'addressing' });
      const lease = await obtainLease(handset, () => {
        this.update({ phase: 'no-address' });
        this.finish(this.state());
      });
      if (lease === null) {
        await unplugged(handset);
        return false;
      }
      const found = findServer(valueOf(handset.configuration, 'DHCP_Option_To_Use'), lease.options);
      handset.ip = lease.ip;
      const [told] = addressList(lease.options.get(DNS_OPTION));
      handset.nameServer = told === undefined || told !== options.server.address ? null : { address: told, port: options.server.dnsPort ?? 53 };
      handset.serverText = found?.text ?? null;
      if (found) this.note({ kind: 'server-found', from: `option ${found.option}`, value: found.text });
    }
    this.update({ phase: 'waiting' });
    return true;
  }

  private boot(): Handset {
    // Bound late: the first handset is made before `this.handset` exists. What the flash holds survives a loss of power.
    const kept = this.handset as Handset | undefined;
    this.current = new AbortController();
    return makeHandset(this.options, AbortSignal.any([this.plug.signal, this.current.signal]), (step) => this.note(step), kept);
  }

  private note(step: PhoneStep): void {
    if (step.kind === 'asked') this.update({ url: step.url });
    const event: PhoneEvent = { ...step, mac: this.options.mac, at: Date.now() };
    this.events.push(event);
    if (this.events.length > KEPT_EVENTS) this.events.shift();
    this.options.log?.(event);
  }

  private update(change: Partial<PhoneState>): void {
    this.now = { ...this.now, ...change };
  }
}

function unplugged(handset: Handset): Promise<void> {
  if (handset.power.aborted) return Promise.resolve();
  return new Promise((resolve) => handset.power.addEventListener('abort', () => resolve(), { once: true }));
}
