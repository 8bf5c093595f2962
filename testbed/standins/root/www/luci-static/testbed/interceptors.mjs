// SPDX-License-Identifier: Apache-2.0
/** addInterceptor() and removeInterceptor() of LuCI.request and LuCI.rpc, over the list that both keep. */
export const interceptable = (interceptors) => ({
	addInterceptor(intercept) {
		interceptors.push(intercept);
		return intercept;
	},

	removeInterceptor(intercept) {
		const index = interceptors.indexOf(intercept);

		return index >= 0 && interceptors.splice(index, 1).length > 0;
	},
});
