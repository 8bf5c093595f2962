// SPDX-License-Identifier: Apache-2.0
'use strict';
import{readfile as I,stat as P}from'fs';
import{a as b,aQ as J,aR as K,bV as p,bX as L,ai as M,cg as N,bJ as q,cD as O,bT as k,o as e,b as Q,v as g,bQ as R,bW as S,p as l,i as T,bU as U,an as h,cz as f,cu as r,ct as s,bx as t,cm as V,cx as i,cl as W,h as X,cn as Y,ck as m,cw as Z,cy as u,cv as v,co as w,ar as x,cp as y,bS as z}from'nft_offload.base';
const _=120;
const aa=3;
const A=3;
const ab=1;
const ac=['slow_packets','slow_bytes','packets','bytes'];
function ad(){
let b=[];
for(let a in N())
if(a.default_route||a.masq)
push(b,...M(a.device??a.l3_device??''));
return uniq(b);
}
function B(d){
let c=q(),
a={at:b(),cpu:J(),install:c.install,error:c.error,slow_packets:0,slow_bytes:0,packets:0,bytes:0};
for(let b in c.pairs){
a.slow_packets+=b.packets;
a.slow_bytes+=b.bytes
}
for(let c in d)
for(let b in['packets','bytes'])
for(let d in['rx','tx'])
a[b]+=int(I(`/sys/class/net/${c}/statistics/${d}_${b}`)??'0');
return a;
}
function ae(d,m,n){
let h=ad(),f=-A,i=0;
let j=()=>{
if(b()-f<A)
return false;
f=b();
O();
if(!p('sampler')){
i=f;
L('sampler','sampler','run')
}
return true;
};
let l=()=>d.decision=k(d.id);
let o=()=>{
let d=b()+_;
while(true){
j();
let c=e('watch')?.slow,
a=(c?.at??-1)>=i?B(h):null;
if(l())
return null;
if(a&&a.error==null)
return a;
if(a&&c.error!=null||b()>=d)
return{error:c?.error??a?.error??'The sampler does not start.'};
sleep(200)
}
};
let a,c;
for(let e=0;e<aa;e++){
a=o();
if(!a||a.error)
return a?.error;
d.deadline=a.at+d.timeout;
n();
while(!l()&&b()<d.deadline&&!(j()&&q().install!=a.install))
sleep(int(1000*min(0.2,max(0.01,d.deadline-b()))));
c=B(h);
if(c.error==null&&c.install==a.install)
break;
}
if(c.error!=null||c.install!=a.install)
return c.error??'The counters were started anew.';
let g={name:m,seconds:c.at-a.at,softirq:0,busy:0,...(K(a.cpu,c.cpu)??{})};
for(let b in ac)
g[b]=max(0,c[b]-a[b]);
if(g.seconds>=ab)
push(d.measurement.phases,g);
return null;
};
const af=5;
const ag=120;
const ah=32768;
function a(a,b,c){
return{code:a,message:b,detail:c??{}};
}
function c(a,c){
if(a.history[length(a.history)-1].step!=c)
push(a.history,{step:c,at:b()});
a.step=c;
l('transaction',a)
}
function d(a,b){
a.outcome=b;
a.deadline=null;
c(a,'done');
T('undo');
U(a.id)
}
function ai(d){
let b=split(trim(Q(['df','-k',d]).output),'\n'),
c=filter(split(b[length(b)-1],' '),(a)=>length(a)),
a=int(c[length(c)-3]);
return a==a?a*1024:null;
}
function C(d,e){
let c=(P(h)?.size??0)*2+ah,
b=ai(d);
if(b==null||b>=c)
return null;
return a(e,`The file system of ${d} has ${b} bytes free; ${c} are needed.`,
{available:b,needed:c});
}
function aj(b,a){
return a!='off'&&(f(b,a)||
a=='hardware'&&f(b,'software')&&r(s().output));
}
function ak(e,b){
let c=t(),
f=V(null);
if(!c.section)
return a('CONFIG_UNREADABLE',`${h} has no section of type "defaults", or does not parse.`);
if(length(f))
return a('FOREIGN_CHANGES','The firewall configuration has uncommitted changes that are not ours.',{changes:f});
let g=C('/tmp','TMP_FULL')??C('/etc/config','CONFIG_FULL');
if(g)
return g;
let d=i();
if(!d.table)
return a('FIREWALL_NOT_LOADED','The kernel holds no fw4 ruleset to change.',{output:d.error});
if(e.measurement&&!aj(d,W(c.options)))
return a('NOTHING_TO_COMPARE','Flow offloading is not loaded as it is saved.');
b.section=c.section;
b.options=e.before=c.options;
b.flowtable=d.flowtable;
if(!l('undo',b))
return a('TMP_FULL',`${X} cannot be written.`);
return null;
}
function al(b,c){
if(Y(c.section,m[b.mode]))
return null;
return a('STAGING_FAILED','The change could not be staged in /tmp/.uci.');
}
function D(b){
return a('HARDWARE_REFUSED','firewall4 cannot load hardware offloading on these devices.',
{devices:Z(),output:g(b)});
}
function am(c){
let b=s();
if(b.code!=0)
return a('RULESET_INVALID','fw4 check rejected the ruleset.',{output:g(b.output)});
if(c.mode=='hardware'&&r(b.output))
return D(b.output);
return null;
}
function E(c){
let d=b()+af,a=i();
while(!c(a)&&b()<d){
sleep(250);
a=i()
}
return a;
}
function an(e,b){
let c=u(),
d=v();
b.output=g(d.output);
if(c!=u())
return null;
return a('RELOAD_FAILED','The kernel still holds the ruleset from before the reload.',{output:b.output});
}
function ao(b,d){
let c=E((a)=>f(a,b.mode));
if(f(c,b.mode))
return null;
if(b.mode=='hardware'&&f(c,'software'))
return D(d.output);
return a('VERIFY_FAILED',`The kernel's flowtable is not what "${b.mode}" asks for.`,
{output:c.error??d.output});
}
function n(b,d,f){
c(b,d);
let e=ae(b,f,()=>c(b,d));
b.deadline=null;
return e==null?null:a('MEASURE_FAILED','The slow path could not be counted.',{output:e});
}
function ap(a){
return n(a,'measuring','with');
}
function aq(a){
let b=w(a.section);
if(!x(t().options,a.options))
return y(a.options)&&b;
return b;
}
function o(a,b){
return a.table&&!a.flowtable==!b.flowtable&&
a.flowtable?.offload==b.flowtable?.offload;
}
function F(a){
let c=v(),
b=E((b)=>o(b,a));
return o(b,a)?null:g(c.output||b.error||'');
}
function G(b,d,e){
let j=!b.restored&&length(filter(b.history,(a)=>a.step=='reloading'))>0;
b.deadline=null;
b.error=e;
c(b,'reverting');
let g=aq(d),
f=null;
if(j)
f=F(d);
else if(!o(i(),d))
f=F(d);
b.restored=g&&f==null;
if(!b.restored){
if(e)
push(b.warnings,`${e.code}: ${e.message}`);
b.error=a('ROLLBACK_FAILED',g
?'The kernel is not back where it was; the configuration is.'
:`${h} could not be put back.`,{output:f??''})
}
}
function j(a,b,c){
G(a,b,c);
d(a,a.error?'failed':'reverted')
}
function H(b,e){
c(b,'committing');
if(!y(m[b.mode]))
return j(b,e,a('COMMIT_FAILED',`${h} could not be written.`));
w(e.section);
d(b,'kept')
}
function ar(a){
a.deadline=b()+a.timeout;
c(a,'waiting');
let d=null;
while(!(d=k(a.id))){
if(b()>=a.deadline)
return z(a.id,'timeout')??'timeout';
sleep(200)
}
return d;
}
function at(a,b){
G(a,b,n(a,'waiting','without'));
if(!a.error&&!a.decision)
a.error=n(a,'measuring','again');
d(a,a.error?'failed':'reverted')
}
function av(){
let a=e('transaction'),
b={id:a.id,section:null,options:a.before,flowtable:null};
l('worker',{pid:R()});
let g=[
['checking',ak],
...(a.measurement?[['measuring',ap]]:[]),
['staging',al],
['validating',am],
['reloading',an],
['verifying',ao]
];
for(let f in g){
c(a,f[0]);
let e=f[1](a,b);
if(e&&f[0]=='checking'){
a.error=e;
return d(a,'failed');
}
if(e||a.decision)
return j(a,b,e);
}
if(a.measurement)
return at(a,b);
if(x(b.options,m[a.mode])){
a.decision='keep';
return d(a,'kept');
}
a.decision=ar(a);
return a.decision=='keep'?H(a,b):j(a,b,null);
};
function au(){
let b=e('transaction'),
c=e('undo');
if(!b||b.step=='done')
return;
let f=a('WORKER_DIED',`The worker died in step "${b.step}".`,{step:b.step});
if(c?.id!=b.id){
b.error=f;
return d(b,'failed');
}
b.decision=k(b.id);
if(b.decision=='keep'&&b.step in['waiting','committing'])
return H(b,c);
return j(b,c,b.decision in['revert','timeout']?null:b.error??f);
};
function aw(){
let a=e('transaction'),c=b()+ag;
if(!a||a.step=='done')
return;
z(a.id,'revert');
while((p('transaction')||S('transaction',e('worker')?.pid))&&b()<c)
sleep(200);
au()
};
export{av,au,aw};
