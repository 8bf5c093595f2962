# SPDX-License-Identifier: Apache-2.0
# In place of LuCI's: `recipe` prints what the Makefile defines as JSON,
# `prepare` fills PKG_BUILD_DIR as the SDK would: with htdocs, for /www, and root,
# if the package has them.

define newline


endef
tab:=$(shell printf '\t')
json="$(subst $(newline),\n,$(subst $(tab),\t,$(subst ",\",$(subst \,\\,$(1)))))"
field="$(1)": $(call json,$($(2)))

name:=$(PKG_NAME)

recipe:
	$(info { $(call field,name,PKG_NAME), $(call field,version,PKG_VERSION), $(call field,release,PKG_RELEASE), \
		$(call field,translations,PKG_PO_VERSION), $(call field,license,PKG_LICENSE), \
		$(call field,title,LUCI_TITLE), $(call field,depends,LUCI_DEPENDS), $(call field,arch,LUCI_PKGARCH), \
		$(call field,maintainer,LUCI_MAINTAINER), $(call field,url,LUCI_URL), \
		$(call field,conffiles,Package/$(name)/conffiles), $(call field,preinst,Package/$(name)/preinst), \
		$(call field,postinst,Package/$(name)/postinst), $(call field,prerm,Package/$(name)/prerm), \
		$(call field,postrm,Package/$(name)/postrm) })@:

prepare:
	$(INSTALL_DIR) $(PKG_BUILD_DIR)
	cp -R $(wildcard htdocs root) $(PKG_BUILD_DIR)/
	$(call Build/Prepare/$(name))
