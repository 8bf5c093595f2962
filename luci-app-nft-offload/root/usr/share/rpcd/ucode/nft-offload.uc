// SPDX-License-Identifier: Apache-2.0
'use strict';
import{access as o,open as E}from'fs';
import{a as b,bV as e,bX as f,bW as F,o as d,bx as k,by as G,cm as p,cB as H,cq as q,cr as r,cs as s,cC as I,an as g,cg as J,cA as K,cd as L,cD as M,bK as N,cx as O,bZ as P,h as t,b_ as Q,bY as R,cl as S,i as u,p as T,ck as U,bS as V,bT as W}from'nft_offload.base';
const X=1;
const l={min:15,default:60,max:600};
const m={min:5,default:15,max:60};
const Y=1;
const Z=5;
const _=30;
const aa=5;
const v={coverage:10,conflicts:60};
const h=5;
const w=['waiting','measuring'];
let c=null;
let i={};
function a(a,b,c){
return{error:{code:a,message:b,detail:c??{}}};
}
function j(a){
return a!=null&&a.step!='done';
}
function n(){
let a=d('transaction');
if(!j(a)||e('transaction')||
F('transaction',d('worker')?.pid))
return{tx:a,forked:false};
if(b()-a.history[length(a.history)-1].at<h)
return{tx:a,forked:false};
f('transaction','transaction','recover');
return{tx:a,forked:true};
}
function ab(b){
let a=k(),
c=j(b)?d('undo')?.section:null;
return{
section:a.section,
saved:a.options,
effective:G().options,
foreign:p(c)
};
}
function x(){
let a={};
for(let b in['nf_flow_table','nf_flow_table_inet','nft_flow_offload'])
a[b]=H(b);
return a;
}
function ac(){
return{
fw4:q(),
nft:r(),
firewall_enabled:s(),
modules:c.modules,
...I(),
config_writable:!!o(g,'w')
};
}
function ad(e){
let a=e.flowtable?.devices??[],
c=J(),
d=[...a];
for(let a in c)
push(d,a.device,a.l3_device);
return{
at:b(),listed:join(' ',a),
router:K(),modules:x(),networks:c,devices:L(d)
};
}
function ae(a,c){
return a!=null&&b()-a.at<aa&&
a.listed==join(' ',c.flowtable?.devices??[]);
}
function af(m){
let l=n(),
g=l.tx,
a=d('loaded'),
h=a?b()-a.at:null,
k=l.forked||(j(g)&&!(g.step in w)),
i=e('sampler');
if(m.args?.watch&&M()&&!i&&!k&&h!=null&&h<N){
i=f('sampler','sampler','run');
k=true
}
if(h==null||h>(k?_:i?Z:Y))
a=O();
if(!ae(c,a))
c=ad(a);
return{
api:X,
now:b(),
router:c.router,
asked:ab(g),
loaded:a,
prerequisites:ac(),
networks:c.networks,
devices:c.devices,
watch:i?d('watch'):null,
transaction:g
};
}
function y(c){
let l=d(c),
g=l?.at??-v[c],
j=i[c]??g,
k=e(c)||(j>g&&b()-j<h);
if(!k&&b()-max(g,j)>=v[c]){
if(!f(c,'survey',c))
return a('START_FAILED','The worker could not be started.');
i[c]=b();
k=true
}
return{running:k,facts:l};
}
function z(d){
let g=P(d);
if(!g)
return a('TMP_FULL',`${t} cannot be written.`);
if(!e('flows')&&b()-(i.flows??-h)>=h){
if(!f('flows','flows','run'))
return a('START_FAILED','The worker could not be started.');
i.flows=b()
}
let c=Q(g,d);
return{running:!c||b()-c.at>=c.every,facts:c};
}
function ag(c){
let b=R(c.args);
return b.query?z(b.query)
:a('INVALID_ARGUMENT','That cannot be searched for.',{argument:b.argument,expected:b.expected});
}
function ah(){
let a=x();
return filter(keys(a),(b)=>a[b]=='missing');
}
function ai(d){
if(!q())
return a('FW4_MISSING','firewall4 is not installed: there is no /sbin/fw4.');
if(!r())
return a('NFT_MISSING','nftables is not installed: there is no /usr/sbin/nft.');
if(!s())
return a('FIREWALL_DISABLED','The firewall is not enabled at boot.');
let b=d=='off'?[]:ah();
if(length(b))
return a('MODULE_MISSING','Kernel modules of kmod-nft-offload are missing.',{modules:b});
if(!k().section)
return a('CONFIG_UNREADABLE',`${g} has no section of type "defaults", or does not parse.`);
if(!o(g,'w'))
return a('CONFIG_READ_ONLY',`${g} cannot be written.`);
let c=p(null);
if(length(c))
return a('FOREIGN_CHANGES','The firewall configuration has uncommitted changes that are not ours.',{changes:c});
return null;
}
function aj(){
let a=E('/dev/urandom','r'),
b=hexenc(a.read(8));
a.close();
return b;
}
function A(a,b){
return type(a)!='int'||a<b.min||a>b.max;
}
function B(c,b){
return a('INVALID_ARGUMENT','It cannot be that short or long.',{argument:c,expected:`${b.min} to ${b.max} s`});
}
function C(d,l,g){
let c=n().tx;
if(j(c)||e('transaction'))
return a('BUSY','Another change is under way.',c?{id:c.id,mode:c.mode,step:c.step}:{});
let h=ai(d);
if(h)
return h;
let i=k().options;
if(g&&S(i)=='off')
return a('NOTHING_TO_COMPARE','Flow offloading is off.');
c={
id:aj(),mode:d,measurement:g,before:i,
step:'checking',history:[{step:'checking',at:b()}],
timeout:l,deadline:null,outcome:null,decision:null,restored:null,error:null,warnings:[]
};
u('undo');
if(!T('transaction',c))
return a('TMP_FULL',`${t} cannot be written.`);
if(!f('transaction','transaction','run')){
u('transaction');
return a('START_FAILED','The worker could not be started.');
}
return{transaction:c};
}
function ak(b){
let c=b.args?.mode,
d=b.args?.confirm_timeout??l.default;
if(!exists(U,c??''))
return a('INVALID_ARGUMENT','There is no such mode.',{argument:'mode',expected:'off, software or hardware'});
return A(d,l)?B('confirm_timeout',l):C(c,d,null);
}
function al(b){
let a=b.args?.seconds??m.default;
return A(a,m)?B('seconds',m):C('off',a,{seconds:a,phases:[]});
}
function D(g,e){
let d=g.args?.id,
c=n().tx;
if(type(d)!='string')
return a('INVALID_ARGUMENT','Which trial?',{argument:'id',expected:'the id that apply returned'});
if(!c)
return a('NO_TRANSACTION','There was no change since the router started.');
if(c.id!=d)
return a('UNKNOWN_ID','That is not the id of the last change.',{id:d});
if(c.step=='done')
return a('EXPIRED','It is decided already.',c.decision?{decision:c.decision}:{});
if(c.measurement?e=='keep'||!(c.step in w):c.step!='waiting')
return a('NOT_WAITING','The change does not wait for that answer now.',{step:c.step});
let f=c.measurement||b()<c.deadline?V(d,e):W(d)??'timeout';
if(f==null)
return a('TMP_FULL','The answer could not be recorded.');
if(f!=e)
return a('EXPIRED','It is decided already.',{decision:f});
return{transaction:c};
}
return{
'luci.nft-offload':{
status:{
args:{watch:true},
call:af
},
apply:{
args:{mode:'off',confirm_timeout:60},
call:ak
},
confirm:{
args:{id:''},
call:(a)=>D(a,'keep')
},
revert:{
args:{id:''},
call:(a)=>D(a,'revert')
},
measure:{
args:{seconds:15},
call:al
},
coverage:{
args:{},
call:()=>y('coverage')
},
conflicts:{
args:{},
call:()=>y('conflicts')
},
flows:{
args:{search:'',path:'',protocol:'',family:'',zone:'',sort:''},
call:ag
},
groups:{
args:{},
call:()=>z(null)
}
}
};
