import { isOn, valueOf } from './configuration.ts';
import { askAsEnterprise } from './enterprise.ts';
import type { PhoneEvent, PhoneState, PhoneStep, ResyncReason } from './events.ts';
import type { Fault } from './faults.ts';
import { findBench } from './find-bench.ts';
import { makeHandset, rest, unplugged } from './handset.ts';
import type { Flash, Handset } from './handset.ts';
import type { PhoneOptions } from './options.ts';
import { bornState, changeOf } from './phone-state.ts';
import { reportPeriod, sendReports } from './report.ts';
import { runResync } from './resync-run.ts';
import { firstTurn, nextTurn } from './turns.ts';
import type { Turn } from './turns.ts';
import { retryAt, runUpgrade } from './upgrade-run.ts';
import type { VirtualPhone } from './virtual-phone.ts';
import { startWeb } from './web.ts';

export type { BenchAddress, PhoneOptions } from './options.ts';
export type { VirtualPhone } from './virtual-phone.ts';

const KEPT_EVENTS = 200;
/** The phone's seconds from power to network, and from loss of power to power. */
const BOOT_SECONDS = 3;
const DARK_SECONDS = 5;

/** Why a phone starts again by itself. */
type Comeback = { readonly kind: 'power-lost'; readonly fault: Fault } | { readonly kind: 'upgrade'; readonly flash: Flash };
/** These strike once; the others as often as there is something to strike. */
const ONCE: ReadonlySet<Fault> = new Set<Fault>(['reboot-mid-transfer', 'reboot-mid-upgrade']);

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
  /** This boot is over: the phone starts again. */
  private comeback: Comeback | null = null;
  private afterUpgrade = false;
  /** Ends the wait for the next try of a failed upgrade. */
  private upgradeWait = new AbortController();
  private onNetwork = false;

  constructor(options: PhoneOptions) {
    const finished = Promise.withResolvers<PhoneState>();
    this.options = options;
    this.finished = finished.promise;
    this.finish = finished.resolve;
    this.handset = this.boot();
    this.now = bornState(options);
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

  async upgrade(url?: string): Promise<PhoneState> {
    if (this.onNetwork) await this.queue(() => this.runUpgrade('asked', url ?? valueOf(this.handset.configuration, 'Upgrade_Rule')));
    return this.state();
  }

  async powerOff(): Promise<void> {
    this.plug.abort();
    await this.life;
    await this.turn;
  }

  private async live(): Promise<void> {
    for (let boot = 1; !this.plug.signal.aborted; boot += 1) {
      this.note({ kind: 'powered', boot, firmware: this.handset.flash.running });
      const comeback = await this.oneLife();
      if (comeback === null || !(await this.comeBack(comeback))) break;
    }
    this.note({ kind: 'off' });
    this.update({ phase: 'off', nextResyncAt: null, webPort: null });
    this.finish(this.state());
  }

  /** Between two boots. @returns false when the power went for good. */
  private async comeBack(comeback: Comeback): Promise<boolean> {
    const old = this.handset;
    if (comeback.kind === 'power-lost') this.note({ kind: 'fault', fault: comeback.fault });
    this.current.abort();
    if (comeback.kind === 'power-lost' && !(await rest(old, DARK_SECONDS, this.plug.signal))) return false;
    this.handset = this.boot();
    this.afterUpgrade = comeback.kind === 'upgrade';
    if (comeback.kind === 'power-lost' && ONCE.has(comeback.fault)) this.handset.faults.delete(comeback.fault);
    if (comeback.kind === 'upgrade') this.handset.flash = comeback.flash;
    const [from, to] = [old.flash.running, this.handset.flash.running];
    if (from !== to) this.note({ kind: 'upgraded', from, to });
    return true;
  }

  /** From power to loss of power. @returns why it starts again by itself, null when it does not. */
  private async oneLife(): Promise<Comeback | null> {
    const handset = this.handset;
    if (!(await rest(handset, BOOT_SECONDS)) || !(await this.reachBench(handset))) return null;
    if (handset.faults.has('enterprise-load')) {
      this.update({ phase: 'resyncing' });
      const error = await askAsEnterprise(handset);
      this.update({ phase: 'failed', reaction: 'C', error, failures: 1 });
      this.finish(this.state());
      await unplugged(handset);
      return null;
    }
    const web = await startWeb(handset, this);
    this.update({ webPort: web?.port ?? null });
    try {
      return await this.keepInSync(handset);
    } finally {
      this.onNetwork = false;
      await web?.stop();
    }
  }

  private async keepInSync(handset: Handset): Promise<Comeback | null> {
    this.onNetwork = true;
    this.reportedSincePower = false;
    this.comeback = null;
    let turn = firstTurn(handset.configuration, this.afterUpgrade, handset.options.random);
    while (!handset.power.aborted) {
      this.pause = new AbortController();
      if (await this.waitFor(turn)) await this.runOnce(turn.reason);
      if (this.comeback) break;
      turn = nextTurn(handset.configuration, this.now, new Date(), handset.options.random);
    }
    return handset.power.aborted ? null : this.comeback;
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
    return this.queue(() => this.runResync(reason, rule));
  }

  /** A throw is a defect of this virtual phone: it is told as a failure, and the phone lives on. */
  private queue(task: () => Promise<void>): Promise<void> {
    const run = this.turn.then(task).catch((thrown: unknown) => {
      const error = `Defect of the virtual phone: ${thrown instanceof Error ? thrown.message : String(thrown)}`;
      this.note({ kind: 'failed', reaction: 'C', error });
      this.update({ phase: 'failed', reaction: 'C', error, failures: this.now.failures + 1 });
      this.finish(this.state());
    });
    this.turn = run;
    return run;
  }

  private async runResync(reason: ResyncReason, rule?: string): Promise<void> {
    const handset = this.handset;
    if (handset.power.aborted || this.comeback || !isOn(handset.configuration, 'Provision_Enable')) return;
    this.update({ phase: 'resyncing', nextResyncAt: null });
    const end = await runResync(handset, reason, rule);
    if (end.reaction === 'power-lost') {
      this.comeback = { kind: 'power-lost', fault: 'reboot-mid-transfer' };
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
      void this.queue(() => this.runUpgrade(reason));
    } else {
      this.update({ phase: 'failed', reaction: end.reaction, error: end.error, failures: this.now.failures + 1 });
    }
    this.finish(this.state());
  }

  private async runUpgrade(reason: ResyncReason, onceRule?: string): Promise<void> {
    const handset = this.handset;
    if (handset.power.aborted || this.comeback || !isOn(handset.configuration, 'Upgrade_Enable')) return;
    const { phase } = this.now;
    const end = await runUpgrade(handset, reason, onceRule);
    if (handset.power.aborted) return;
    if (end.kind === 'power-lost') this.comeback = end;
    else if (end.kind === 'written') this.comeback = { kind: 'upgrade', flash: end.flash };
    else this.update({ phase, image: null });
    if (end.kind === 'failed') void this.retryUpgrade(handset);
    if (this.comeback) this.pause.abort();
  }

  /** Upgrade_Error_Retry_Delay has a clock of its own beside the resyncs'. */
  private async retryUpgrade(handset: Handset): Promise<void> {
    this.upgradeWait.abort();
    this.upgradeWait = new AbortController();
    const after = handset.failedUpgrade?.retryAfter ?? null;
    this.update({ nextUpgradeAt: retryAt(handset) });
    if (after === null || !(await rest(handset, after, AbortSignal.any([handset.power, this.upgradeWait.signal])))) return;
    this.update({ nextUpgradeAt: null });
    await this.queue(() => this.runUpgrade('retry'));
  }

  private async reachBench(handset: Handset): Promise<boolean> {
    if (handset.options.source === 'dhcp') this.update({ phase: 'addressing' });
    const found = await findBench(handset, () => {
      this.update({ phase: 'no-address' });
      this.finish(this.state());
    });
    if (found) this.update({ phase: 'waiting' });
    return found;
  }

  private boot(): Handset {
    // Bound late: the first handset is made before `this.handset` exists. What the flash holds survives a loss of power.
    const kept = this.handset as Handset | undefined;
    this.current = new AbortController();
    return makeHandset(this.options, AbortSignal.any([this.plug.signal, this.current.signal]), (step) => this.note(step), kept);
  }

  private note(step: PhoneStep): void {
    const change = changeOf(step, this.now);
    if (change) this.update(change);
    const event: PhoneEvent = { ...step, mac: this.options.mac, at: Date.now() };
    this.events.push(event);
    if (this.events.length > KEPT_EVENTS) this.events.shift();
    this.options.log?.(event);
  }

  private update(change: Partial<PhoneState>): void {
    this.now = { ...this.now, ...change };
  }
}
