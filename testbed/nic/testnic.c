// SPDX-License-Identifier: GPL-2.0
/*
 * Stands in for a NIC with flow offload, on devices that have no driver of
 * their own for it (veth): accepts nftables' hardware flowtables, and claims
 * the flows that enter through a device it was bound to. The packets go on
 * taking the software flowtable, which also counts them, so a "hardware" flow
 * works and its counters advance.
 *
 * For tests only; load it at boot, before the first `flags offload`.
 */
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/netdevice.h>
#include <linux/string.h>
#include <net/flow_offload.h>

#define ALL "*"

static LIST_HEAD(bindings);
static DEFINE_MUTEX(devices_lock);
static char devices[256] = ALL;
static bool refuse_flows;
static atomic_t claimed = ATOMIC_INIT(0), refused = ATOMIC_INIT(0), released = ATOMIC_INIT(0);

static int devices_set(const char *value, const struct kernel_param *param)
{
	if (strlen(value) >= sizeof(devices))
		return -ENOSPC;
	mutex_lock(&devices_lock);
	strscpy(devices, value, sizeof(devices));
	strim(devices);
	mutex_unlock(&devices_lock);
	return 0;
}

static int devices_get(char *buffer, const struct kernel_param *param)
{
	int length;

	mutex_lock(&devices_lock);
	length = sysfs_emit(buffer, "%s\n", devices);
	mutex_unlock(&devices_lock);
	return length;
}

static int flows_get(char *buffer, const struct kernel_param *param)
{
	return sysfs_emit(buffer, "claimed %d refused %d released %d\n",
			  atomic_read(&claimed), atomic_read(&refused), atomic_read(&released));
}

static const struct kernel_param_ops devices_ops = { .set = devices_set, .get = devices_get };
static const struct kernel_param_ops flows_ops = { .get = flows_get };

module_param_cb(devices, &devices_ops, NULL, 0644);
MODULE_PARM_DESC(devices, "devices that accept a flowtable, separated by commas; * for all, empty for none");
module_param(refuse_flows, bool, 0644);
MODULE_PARM_DESC(refuse_flows, "refuse every flow of a flowtable that was accepted");
module_param_cb(flows, &flows_ops, NULL, 0444);
MODULE_PARM_DESC(flows, "what became of the flows, one direction each, since the module was loaded");

static bool accepts(const char *name)
{
	size_t length = strlen(name);
	const char *at;
	bool found;

	mutex_lock(&devices_lock);
	found = !strcmp(devices, ALL);
	for (at = devices; !found && *at; at += strcspn(at, ","), at += *at == ',')
		found = strcspn(at, ",") == length && !strncmp(at, name, length);
	mutex_unlock(&devices_lock);
	return found;
}

/* nf_flow_table asks every bound device about every flow; each knows its own by the ingress device. */
static bool enters_through(const struct flow_cls_offload *flow, const struct net_device *device)
{
	const struct flow_rule *rule = flow_cls_offload_flow_rule((struct flow_cls_offload *)flow);
	struct flow_match_meta meta;

	if (!flow_rule_match_key(rule, FLOW_DISSECTOR_KEY_META))
		return false;
	flow_rule_match_meta(rule, &meta);
	return meta.key->ingress_ifindex == device->ifindex;
}

static int handle_flow(enum tc_setup_type type, void *data, void *priv)
{
	struct flow_cls_offload *flow = data;

	if (type != TC_SETUP_CLSFLOWER)
		return -EOPNOTSUPP;
	switch (flow->command) {
	case FLOW_CLS_REPLACE:
		if (!enters_through(flow, priv))
			return -EOPNOTSUPP;
		if (refuse_flows) {
			atomic_inc(&refused);
			return -EOPNOTSUPP;
		}
		atomic_inc(&claimed);
		return 0;
	case FLOW_CLS_DESTROY:
		atomic_inc(&released);
		return 0;
	case FLOW_CLS_STATS:
		/* nothing to add to what the software path has counted */
		return 0;
	default:
		return -EOPNOTSUPP;
	}
}

static void release_binding(void *priv)
{
}

static int bind(struct net_device *device, struct Qdisc *sch, struct flow_block_offload *offload,
		void *data, void (*cleanup)(struct flow_block_cb *))
{
	struct flow_block_cb *binding;

	if (!accepts(device->name))
		return -EOPNOTSUPP;
	if (flow_block_cb_lookup(offload->block, handle_flow, device))
		return -EEXIST;
	binding = flow_indr_block_cb_alloc(handle_flow, device, device, release_binding, offload,
					   device, sch, data, &bindings, cleanup);
	if (IS_ERR(binding))
		return PTR_ERR(binding);
	flow_block_cb_add(binding, offload);
	list_add_tail(&binding->driver_list, &bindings);
	return 0;
}

static int unbind(struct net_device *device, struct flow_block_offload *offload)
{
	struct flow_block_cb *binding = flow_block_cb_lookup(offload->block, handle_flow, device);

	if (!binding)
		return -ENOENT;
	flow_indr_block_cb_remove(binding, offload);
	list_del(&binding->driver_list);
	return 0;
}

static int setup(struct net_device *device, struct Qdisc *sch, void *priv, enum tc_setup_type type,
		 void *type_data, void *data, void (*cleanup)(struct flow_block_cb *))
{
	struct flow_block_offload *offload = type_data;

	if (type != TC_SETUP_FT || !device)
		return -EOPNOTSUPP;
	switch (offload->command) {
	case FLOW_BLOCK_BIND:
		return bind(device, sch, offload, data, cleanup);
	case FLOW_BLOCK_UNBIND:
		return unbind(device, offload);
	default:
		return -EOPNOTSUPP;
	}
}

static int __init testnic_init(void)
{
	return flow_indr_dev_register(setup, &bindings);
}

static void __exit testnic_exit(void)
{
	flow_indr_dev_unregister(setup, &bindings, release_binding);
}

module_init(testnic_init);
module_exit(testnic_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Stand-in for a NIC with flow offload, for tests");
