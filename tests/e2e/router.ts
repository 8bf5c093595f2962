// SPDX-License-Identifier: Apache-2.0
import type { Accepted, ApplyArguments, CoverageFacts, Methods, Mode, Refusal, SlowPath, Status, Transaction, Watch } from '../../web/src/contract.ts';
import type { Target } from '../../testbed/target.ts';

const FILE = '/etc/config/firewall';
const STATE = '/var/run/nft-offload';

/** ms between two looks at what a worker finds out, and until it is asked for again. */
const LOOK = 500;
const ASK = 5000;

/** Ends when every network is up and nothing has handled an event for two seconds. */
const QUIET = `
	while ubus call network.interface dump | grep -q '"up": false'; do sleep 1; done
	quiet=0
	while [ $quiet -lt 2 ]; do
		sleep 1
		if pgrep -f "[h]otplug-call" >/dev/null; then quiet=0; else quiet=$((quiet + 1)); fi
	done`;

/** A word for the router's shell. */
export function quote(word: string): string {
	return `'${word.replaceAll('\'', '\'\\\'\'')}'`;
}

/** The router under test, asked and told through its shell. */
export class Router {
	readonly target: Target;
	/** /etc/config/firewall before any test. */
	readonly pristine: string;
	readonly #mends: string[] = [];

	private constructor(target: Target, pristine: string) {
		this.target = target;
		this.pristine = pristine;
	}

	/** Call it on a router that no test has touched: what it finds is what `reset` restores. */
	static async of(target: Target): Promise<Router> {
		const router = new Router(target, (await target.sh(`cat ${FILE}`)).stdout);
		await router.ready();
		return router;
	}

	/** Boots a router that lost its power. */
	async powerOn(): Promise<void> {
		await this.target.powerOn();
		await this.ready();
	}

	/**
	 * Waits until the router has booted: the web interface answers before rpcd
	 * has loaded its plugins, and before the firewall's reloads for the networks
	 * that came up.
	 */
	async ready(): Promise<void> {
		const until = Date.now() + 120_000;
		for (;;) {
			const { code, stderr } = await this.target.sh('ubus -t 30 call luci.nft-offload status');
			if (code === 0)
				return void await this.sh(QUIET, 120_000);
			if (Date.now() > until)
				throw new Error(`luci.nft-offload does not answer: ${stderr}`);
			await new Promise((resolve) => { setTimeout(resolve, 1000); });
		}
	}

	/** Runs a command that has to succeed; its output. */
	async sh(command: string, timeout?: number): Promise<string> {
		const ran = await this.target.sh(command, timeout);
		if (ran.code !== 0)
			throw new Error(`${command}\nexit ${ran.code}\n${ran.stdout}${ran.stderr}`);
		return ran.stdout;
	}

	/** Breaks something until mend(), or until the next test. `mend` may find it mended already, by a power cut. */
	async breaks(command: string, mend: string): Promise<void> {
		this.#mends.push(mend);
		await this.sh(command);
	}

	/** Undoes every breaks(), the last one first. */
	async mend(): Promise<void> {
		for (let mend = this.#mends.pop(); mend !== undefined; mend = this.#mends.pop())
			await this.target.sh(mend);
	}

	/** A call to the ubus object as root, around sessions and ACL. */
	async call<M extends keyof Methods>(method: M, args: Methods[M]['arguments']): Promise<Methods[M]['reply']> {
		return JSON.parse(await this.sh(`ubus -S -t 60 call luci.nft-offload ${method} ${quote(JSON.stringify(args))}`, 90_000)) as Methods[M]['reply'];
	}

	status(): Promise<Status> {
		return this.call('status', {});
	}

	/** Starts a transaction that has to be accepted. */
	async apply(args: ApplyArguments): Promise<Transaction> {
		const reply: Accepted | Refusal = await this.call('apply', args);
		if ('error' in reply)
			throw new Error(JSON.stringify(reply.error));
		return reply.transaction;
	}

	/** The transaction as its worker has left it, which costs the router less than asking for the status; null when there is none. */
	async transaction(): Promise<Transaction | null> {
		const { stdout } = await this.target.sh(`cat ${STATE}/transaction.json`);
		return stdout === '' ? null : JSON.parse(stdout) as Transaction;
	}

	/**
	 * What a worker wrote into its state file after this call began. It is at a
	 * low priority: asking again and again would leave it no time.
	 */
	async #found<T>(file: string, ask: () => Promise<unknown>, fresh: (facts: T) => boolean, seconds = 240): Promise<T> {
		const until = Date.now() + seconds * 1000;
		for (let asked = 0; Date.now() < until; await new Promise((resolve) => { setTimeout(resolve, LOOK); })) {
			if (Date.now() - asked > ASK) {
				await ask();
				asked = Date.now();
			}
			const { stdout } = await this.target.sh(`cat ${STATE}/${file}.json`);
			const facts = stdout === '' ? null : JSON.parse(stdout) as T;
			if (facts && fresh(facts))
				return facts;
		}
		throw new Error(`nothing new in ${file}.json after ${seconds} s`);
	}

	/** The slow path, read after this call began. */
	async slow(): Promise<SlowPath> {
		const { now } = await this.call('status', { watch: true });
		return (await this.#found<Watch>('watch', () => this.call('status', { watch: true }), ({ slow }) => slow !== null && slow.at > now)).slow!;
	}

	/** The facts of coverage, gathered after this call began. */
	async coverage(): Promise<CoverageFacts> {
		const { now } = await this.status();
		return this.#found<CoverageFacts>('coverage', () => this.call('coverage', {}), ({ at }) => at > now);
	}

	/** Waits until the transaction is in one of these steps; its state then. */
	async reaches(steps: Transaction['step'][], seconds = 90): Promise<Transaction> {
		const until = Date.now() + seconds * 1000;
		for (;;) {
			const transaction = await this.transaction();
			if (transaction && steps.includes(transaction.step))
				return transaction;
			if (Date.now() > until)
				throw new Error(`still ${transaction?.step ?? 'nothing'} after ${seconds} s, not ${steps.join(' or ')}`);
			await new Promise((resolve) => { setTimeout(resolve, 300); });
		}
	}

	/** Changes the mode for good. */
	async change(mode: Mode): Promise<void> {
		const { id } = await this.apply({ mode, confirm_timeout: 120 });
		const { step } = await this.reaches(['waiting', 'done']);
		if (step === 'waiting')
			await this.call('confirm', { id });
		const done = await this.reaches(['done']);
		if (done.outcome !== 'kept')
			throw new Error(JSON.stringify(done));
	}

	/** What the kernel holds: the text of fw4's flowtable, '' when there is none. */
	async flowtable(): Promise<string> {
		return (await this.target.sh('nft list flowtable inet fw4 ft')).stdout;
	}

	/** Whether the router has a firewall: fw4's table, dropping by default what is forwarded. */
	async hasFirewall(): Promise<boolean> {
		return /hook forward .*policy drop/.test((await this.target.sh('nft list chain inet fw4 forward')).stdout);
	}

	/** The text of /etc/config/firewall. */
	config(): Promise<string> {
		return this.sh(`cat ${FILE}`);
	}

	/** The two options as /etc/config/firewall has them. */
	async saved(): Promise<{ flow_offloading: string | null; flow_offloading_hw: string | null }> {
		const text = await this.config();
		const option = (name: string): string | null => new RegExp(`^\\s*option\\s+'?${name}'?\\s+'?([^'\\n]*)'?$`, 'm').exec(text)?.[1] ?? null;
		return { flow_offloading: option('flow_offloading'), flow_offloading_hw: option('flow_offloading_hw') };
	}

	/** What a configuration says beside the two options: its lines, without quotes and blank lines. */
	othersOf(config: string): string {
		return config.split('\n')
			.map((line) => line.trim().replaceAll('\'', '').replaceAll(/\s+/g, ' '))
			.filter((line) => line && !/^option flow_offloading(_hw)? /.test(line))
			.join('\n');
	}

	/** Pids of a worker of the backend and of its guard, '' when there is none. */
	async workers(name: 'transaction' | 'sampler'): Promise<string> {
		return (await this.target.sh(`pgrep -f '/usr/libexec/nft-offload/(${name}|guard ${name})'`)).stdout.trim();
	}

	/** Uncommitted changes to `firewall`, '' when there are none. */
	async uncommitted(): Promise<string> {
		return (await this.target.sh('cat /tmp/.uci/firewall')).stdout.trim();
	}

	/** conntrack's lines that carry this flag. */
	async flagged(flag: 'OFFLOAD' | 'HW_OFFLOAD'): Promise<number> {
		return Number((await this.target.sh(`grep -c '\\[${flag}\\]' /proc/net/nf_conntrack`)).stdout);
	}

	/** Back to where the tests began: config, kernel, no transaction, a NIC that accepts everything. */
	async reset(): Promise<void> {
		const { target } = this;
		await this.mend();
		await target.traffic(false);
		await target.sh([
			'for name in transaction sampler; do kill -9 $(cat /var/run/nft-offload/$name.pid); done',
			'for pid in $(pgrep -f /usr/libexec/nft-offload/); do [ $pid = $$ ] || kill -9 $pid; done',
			'nft delete table inet nft_offload',
			'rm -rf /var/run/nft-offload /tmp/.uci/firewall',
		].map((line) => `${line} 2>/dev/null`).join('; '));
		if (target.hasHardware)
			await target.hardware({ accept: 'all' });
		const same = await this.config() === this.pristine;
		if (!same)
			await this.sh(`printf %s ${quote(this.pristine)} >${FILE}`);
		if (!same || await this.flowtable() !== '' || !await this.hasFirewall() || (await target.sh('test -e /var/run/fw4.state')).code !== 0)
			await this.sh('fw4 reload || fw4 start', 120_000);
	}
}
