// SPDX-License-Identifier: Apache-2.0
'use strict';
import{readfile as H,stat as Q}from'fs';
import{a as b,aQ as I,aR as J,bV as p,bX as K,ai as L,cg as M,bJ as N,aD as O,cD as P,bT as k,o as d,b as R,v as g,bQ as S,bW as T,p as l,i as U,bU as V,an as h,cz as f,cu as q,ct as r,bx as s,cm as W,cx as i,cl as X,h as Y,cn as Z,ck as m,cw as _,cy as t,cv as u,co as v,ar as w,cp as x,bS as y}from'nft_offload.base';
const aa=30;
const z=3;
const ab=1;
const ac=['slow_packets','slow_bytes','packets','bytes'];
function ad(){
let b=[];
for(let a in M())
if(a.default_route||a.masq)
push(b,...L(a.device??a.l3_device??''));
return uniq(b);
}
function A(d){
let c=N(),
a={at:b(),cpu:I(),install:c.install,error:c.error,slow_packets:0,slow_bytes:0,packets:0,bytes:0};
for(let b in c.pairs){
a.slow_packets+=b.packets;
a.slow_bytes+=b.bytes
}
for(let c in d)
for(let b in['packets','bytes'])
for(let d in['rx','tx'])
a[b]+=int(H(`/sys/class/net/${c}/statistics/${d}_${b}`)??'0');
return a;
}
function ae(a,o,q){
let l=ad(),
r=b()+aa,g=-z,h=0,c;
let m=()=>{
if(b()-g<z)
return;
g=b();
if(!O())
h=g;
P();
if(!p('sampler')){
h=g;
K('sampler','sampler','run')
}
};
let n=()=>a.decision=k(a.id);
while(!c){
m();
let i=d('watch')?.slow,
f=(i?.at??-1)>=h?A(l):null;
if(n())
return null;
if(f&&f.error==null)
c=f;
else if(f&&i.error!=null||b()>=r)
return i?.error??f?.error??'The sampler does not start.';
else
sleep(200)
}
a.deadline=c.at+a.timeout;
q();
while(!n()&&b()<a.deadline){
m();
sleep(int(1000*min(0.2,max(0.01,a.deadline-b()))))
}
let e=A(l),
j={name:o,seconds:e.at-c.at,softirq:0,busy:0,...(J(c.cpu,e.cpu)??{})};
if(e.error!=null||e.install!=c.install)
return e.error??'The counters were started anew.';
for(let a in ac)
j[a]=max(0,e[a]-c[a]);
if(j.seconds>=ab)
push(a.measurement.phases,j);
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
function e(a,b){
a.outcome=b;
a.deadline=null;
c(a,'done');
U('undo');
V(a.id)
}
function ai(d){
let b=split(trim(R(['df','-k',d]).output),'\n'),
c=filter(split(b[length(b)-1],' '),(a)=>length(a)),
a=int(c[length(c)-3]);
return a==a?a*1024:null;
}
function B(d,e){
let c=(Q(h)?.size??0)*2+ah,
b=ai(d);
if(b==null||b>=c)
return null;
return a(e,`The file system of ${d} has ${b} bytes free; ${c} are needed.`,
{available:b,needed:c});
}
function aj(b,a){
return a!='off'&&(f(b,a)||
a=='hardware'&&f(b,'software')&&q(r().output));
}
function ak(e,b){
let c=s(),
f=W(null);
if(!c.section)
return a('CONFIG_UNREADABLE',`${h} has no section of type "defaults", or does not parse.`);
if(length(f))
return a('FOREIGN_CHANGES','The firewall configuration has uncommitted changes that are not ours.',{changes:f});
let g=B('/tmp','TMP_FULL')??B('/etc/config','CONFIG_FULL');
if(g)
return g;
let d=i();
if(!d.table)
return a('FIREWALL_NOT_LOADED','The kernel holds no fw4 ruleset to change.',{output:d.error});
if(e.measurement&&!aj(d,X(c.options)))
return a('NOTHING_TO_COMPARE','Flow offloading is not loaded as it is saved.');
b.section=c.section;
b.options=e.before=c.options;
b.flowtable=d.flowtable;
if(!l('undo',b))
return a('TMP_FULL',`${Y} cannot be written.`);
return null;
}
function al(b,c){
if(Z(c.section,m[b.mode]))
return null;
return a('STAGING_FAILED','The change could not be staged in /tmp/.uci.');
}
function C(b){
return a('HARDWARE_REFUSED','firewall4 cannot load hardware offloading on these devices.',
{devices:_(),output:g(b)});
}
function am(c){
let b=r();
if(b.code!=0)
return a('RULESET_INVALID','fw4 check rejected the ruleset.',{output:g(b.output)});
if(c.mode=='hardware'&&q(b.output))
return C(b.output);
return null;
}
function D(c){
let d=b()+af,a=i();
while(!c(a)&&b()<d){
sleep(250);
a=i()
}
return a;
}
function an(e,b){
let c=t(),
d=u();
b.output=g(d.output);
if(c!=t())
return null;
return a('RELOAD_FAILED','The kernel still holds the ruleset from before the reload.',{output:b.output});
}
function ao(b,d){
let c=D((a)=>f(a,b.mode));
if(f(c,b.mode))
return null;
if(b.mode=='hardware'&&f(c,'software'))
return C(d.output);
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
let b=v(a.section);
if(!w(s().options,a.options))
return x(a.options)&&b;
return b;
}
function o(a,b){
return a.table&&!a.flowtable==!b.flowtable&&
a.flowtable?.offload==b.flowtable?.offload;
}
function E(a){
let c=u(),
b=D((b)=>o(b,a));
return o(b,a)?null:g(c.output||b.error||'');
}
function F(b,d,e){
let j=!b.restored&&length(filter(b.history,(a)=>a.step=='reloading'))>0;
b.deadline=null;
b.error=e;
c(b,'reverting');
let g=aq(d),
f=null;
if(j)
f=E(d);
else if(!o(i(),d))
f=E(d);
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
F(a,b,c);
e(a,a.error?'failed':'reverted')
}
function G(b,d){
c(b,'committing');
if(!x(m[b.mode]))
return j(b,d,a('COMMIT_FAILED',`${h} could not be written.`));
v(d.section);
e(b,'kept')
}
function ar(a){
a.deadline=b()+a.timeout;
c(a,'waiting');
let d=null;
while(!(d=k(a.id))){
if(b()>=a.deadline)
return y(a.id,'timeout')??'timeout';
sleep(200)
}
return d;
}
function at(a,b){
F(a,b,n(a,'waiting','without'));
if(!a.error&&!a.decision)
a.error=n(a,'measuring','again');
e(a,a.error?'failed':'reverted')
}
function av(){
let a=d('transaction'),
b={id:a.id,section:null,options:a.before,flowtable:null};
l('worker',{pid:S()});
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
let d=f[1](a,b);
if(d&&f[0]=='checking'){
a.error=d;
return e(a,'failed');
}
if(d||a.decision)
return j(a,b,d);
}
if(a.measurement)
return at(a,b);
if(w(b.options,m[a.mode])){
a.decision='keep';
return e(a,'kept');
}
a.decision=ar(a);
return a.decision=='keep'?G(a,b):j(a,b,null);
};
function au(){
let b=d('transaction'),
c=d('undo');
if(!b||b.step=='done')
return;
let f=a('WORKER_DIED',`The worker died in step "${b.step}".`,{step:b.step});
if(c?.id!=b.id){
b.error=f;
return e(b,'failed');
}
b.decision=k(b.id);
if(b.decision=='keep'&&b.step in['waiting','committing'])
return G(b,c);
return j(b,c,b.decision in['revert','timeout']?null:b.error??f);
};
function aw(){
let a=d('transaction'),c=b()+ag;
if(!a||a.step=='done')
return;
y(a.id,'revert');
while((p('transaction')||T('transaction',d('worker')?.pid))&&b()<c)
sleep(200);
au()
};
export{av,au,aw};
