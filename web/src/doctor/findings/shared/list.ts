// SPDX-License-Identifier: Apache-2.0
/* Written by `npm run findings`; do not edit. */
import accountingOff from '../accounting-off.ts';
import blockClient from '../block-client.ts';
import blockTimed from '../block-timed.ts';
import bridgeSlow from '../bridge-slow.ts';
import bridgedWlan from '../bridged-wlan.ts';
import captureBlind from '../capture-blind.ts';
import counterLost from '../counter-lost.ts';
import counterNone from '../counter-none.ts';
import disagreement from '../disagreement.ts';
import emptyBridge from '../empty-bridge.ts';
import firewallLost from '../firewall-lost.ts';
import halfBound from '../half-bound.ts';
import hardwareFaded from '../hardware-faded.ts';
import hardwareRefused from '../hardware-refused.ts';
import hardwareStill from '../hardware-still.ts';
import hardwareUnused from '../hardware-unused.ts';
import kernelCrashed from '../kernel-crashed.ts';
import kernelDrops from '../kernel-drops.ts';
import kernelLog from '../kernel-log.ts';
import lateNetwork from '../late-network.ts';
import latePort from '../late-port.ts';
import listedGone from '../listed-gone.ts';
import localTest from '../local-test.ts';
import modulesMissing from '../modules-missing.ts';
import nat66 from '../nat66.ts';
import noGain from '../no-gain.ts';
import orphans from '../orphans.ts';
import otherFlowtable from '../other-flowtable.ts';
import oversized from '../oversized.ts';
import policyRouting from '../policy-routing.ts';
import pppoeSlow from '../pppoe-slow.ts';
import qosHardware from '../qos-hardware.ts';
import qosSoftware from '../qos-software.ts';
import queueStarved from '../queue-starved.ts';
import rawDevice from '../raw-device.ts';
import tableFull from '../table-full.ts';
import tunnelSlow from '../tunnel-slow.ts';
import tunnelled from '../tunnelled.ts';
import wedFirmware from '../wed-firmware.ts';
import wedIdle from '../wed-idle.ts';
import wlanListed from '../wlan-listed.ts';

export const FINDINGS = {
	ACCOUNTING_OFF: accountingOff,
	BLOCK_CLIENT: blockClient,
	BLOCK_TIMED: blockTimed,
	BRIDGE_SLOW: bridgeSlow,
	BRIDGED_WLAN: bridgedWlan,
	CAPTURE_BLIND: captureBlind,
	COUNTER_LOST: counterLost,
	COUNTER_NONE: counterNone,
	DISAGREEMENT: disagreement,
	EMPTY_BRIDGE: emptyBridge,
	FIREWALL_LOST: firewallLost,
	HALF_BOUND: halfBound,
	HARDWARE_FADED: hardwareFaded,
	HARDWARE_REFUSED: hardwareRefused,
	HARDWARE_STILL: hardwareStill,
	HARDWARE_UNUSED: hardwareUnused,
	KERNEL_CRASHED: kernelCrashed,
	KERNEL_DROPS: kernelDrops,
	KERNEL_LOG: kernelLog,
	LATE_NETWORK: lateNetwork,
	LATE_PORT: latePort,
	LISTED_GONE: listedGone,
	LOCAL_TEST: localTest,
	MODULES_MISSING: modulesMissing,
	NAT66: nat66,
	NO_GAIN: noGain,
	ORPHANS: orphans,
	OTHER_FLOWTABLE: otherFlowtable,
	OVERSIZED: oversized,
	POLICY_ROUTING: policyRouting,
	PPPOE_SLOW: pppoeSlow,
	QOS_HARDWARE: qosHardware,
	QOS_SOFTWARE: qosSoftware,
	QUEUE_STARVED: queueStarved,
	RAW_DEVICE: rawDevice,
	TABLE_FULL: tableFull,
	TUNNEL_SLOW: tunnelSlow,
	TUNNELLED: tunnelled,
	WED_FIRMWARE: wedFirmware,
	WED_IDLE: wedIdle,
	WLAN_LISTED: wlanListed,
};

export type FindingCode = keyof typeof FINDINGS;
