// SPDX-License-Identifier: Apache-2.0
'use strict';
import{glob as c,open as g,access as h,basename as o,lsdir as p,readfile as b,stat as H}from'fs';
import{aY as D,b as e,a as f,I as E,cc as F,j as G,aj as q,br as r,L as j,cx as s,bR as t,bD as u,cA as v,ce as I,cl as J,by as K,o as L,cw as M,bs as N,cf as O,ch as P,ci as Q,cj as R}from'nft_offload.base';
import{cursor as i}from'uci';
const w='/sys/kernel/debug';
const x=16;
const S=8;
function k(h,i){
let a=g(h,'r'),e;
if(!a)
return;
while((e=a.read('line'))){
let b=split(e,' orig=',2),
c=split(b[1]??'',' ',3),
f=c[0],
d=split(substr(c[1]??'',0,4)=='new='?substr(c[1],4):f,'->',2);
if(index(b[0],' BND ')>=0)
i(length(d)==2&&index(b[0],' 5T')>0?f:null,`${d[1]}->${d[0]}`)
}
a.close()
}
function y(b){
let a=split(b??'',' ',5);
return`${a[0]}:${substr(a[2]??'',6)}->${substr(a[1]??'',4)}:${substr(a[3]??'',6)}`;
}
function T(a){
let b=g(D,'r'),c;
if(!b)
return{};
while(length(a)&&(c=b.read('line'))){
let d=split(c,'src=',3);
delete a[y(d[1])];
delete a[y(d[2])]
}
b.close();
return a;
}
function z(a){
return replace(a,'->','>');
}
function U(){
let b=slice(sort(c(`${w}/*ppe*/bind`)),0,S),
a={},d=[],e={};
for(let c in b)
k(c,(b)=>{
if(b)
a[b]=true
});
for(let c in b){
let b={source:substr(c,length(w)+1),bound:0,half:[],half_count:0,orphans:[],orphan_count:0};
k(c,(c,d)=>{
b.bound++;
if(!c||!a[c]||a[d])
return;
if(b.half_count++<x)
push(b.half,z(c))
});
push(d,b)
}
e=T(a);
for(let a=0;length(e)&&a<length(b);a++)
k(b[a],(b)=>{
if(b&&e[b]&&d[a].orphan_count++<x)
push(d[a].orphans,z(b))
});
return d;
};
const V='/usr/sbin/nft';
const l='/proc/sys/net/netfilter';
const W=[
'sqm','qosify','qosmate','nft-qos','qos',
'mwan3','pbr','vpn-policy-routing',
'zapret','b4','snort',
'xray','sing-box','passwall','openclash',
'nlbwmon','vnstat','bandwidthd','collectd',
'opennds','nodogsplash','banip',
'bridger','turboacc','irqbalance','ipsec','swanctl'
];
const X=[
'6in4','6rd','6to4','dslite','map','464xlat','ipip','gre','gretap','grev6','grev6tap',
'vti','vtiv6','xfrm','wireguard','openvpn','openconnect','l2tp','pptp','sstp','vxlan','vxlan6'
];
const Y=['cake','cake_mq','htb','hfsc','tbf','drr','qfq'];
const Z=['tcpdump','tshark','iftop','iperf','iperf3','netperf','netserver','speedtest','speedtest-go','speedtest-netpe'];
const _=['start_time','stop_time','start_date','stop_date','weekdays','monthdays'];
const aa=['nf_flow','flow_offload','flowtable','mtk_wed','WED','wed device','mtk_ppe','mtk_foe','PPE table','airoha_ppe','airoha-npu','airoha_npu'];
const d=64,ab=32,A=16,ac=200,ad=64;
const ae=60;
const af=65536;
function a(a){
return substr(`${type(a)=='array'?join(' ',a):a??''}`,0,ad);
}
function m(c){
let a=int(b(c)??'none');
return a==a?a:null;
}
function ag(){
return map(filter(W,(a)=>h(`/etc/init.d/${a}`)),
(a)=>({name:a,enabled:length(c(`/etc/rc.d/S[0-9]${a}`,`/etc/rc.d/S[0-9][0-9]${a}`))>0}));
}
function ah(){
let c=[];
i().foreach('sqm','queue',(b)=>push(c,{
interface:a(b.interface),enabled:G(b.enabled),qdisc:a(b.qdisc)
}));
return slice(c,0,d);
}
function ai(){
let b=h('/sbin/tc')||h('/usr/sbin/tc')?e(['tc','qdisc']):null,
c={};
if(b?.code!=0)
return null;
for(let d in split(b.output,'\n')){
let b=split(d,' ');
if(b[0]=='qdisc'&&b[3]=='dev'&&b[1]in Y)
c[`${b[4]} ${b[1]}`]={device:a(b[4]),kind:b[1]}
}
return slice(values(c),0,d);
}
function aj(){
let c=[];
i().foreach('firewall','rule',(b)=>{
let d=slice(map([...j(b.src_mac),...j(b.src_ip),...j(b.dest_ip)],a),0,8),
e=length(filter(_,(a)=>b[a]!=null))>0,
f=a(b.target??'DROP');
if(q(b)&&length(c)<ab&&(e||(length(d)&&uc(f)in['REJECT','DROP'])))
push(c,{name:a(b.name),timed:e,clients:d,target:f})
});
return c;
}
function ak(){
let e=[];
for(let d in split(b('/proc/net/netfilter/nfnetlink_queue')??'','\n')){
let c=map(filter(split(d,' '),(a)=>length(a)),(a)=>int(a));
if(type(c[0])=='int'&&type(c[1])=='int')
push(e,{number:c[0],pid:c[1],process:a(trim(b(`/proc/${c[1]}/comm`)??''))})
}
return slice(e,0,d);
}
function al(){
return map(c('/sys/module/*/parameters/wed_enable'),(a)=>({
module:split(a,'/')[3],enabled:trim(b(a)??'')in['Y','1']
}));
}
function B(a){
for(let b in aa)
if(index(a,b)>=0)
return index(a,'Modules linked in')<0;
return false;
}
function am(){
let a=[];
for(let d in c('/sys/fs/pstore/dmesg-*')){
let b=g(d,'r');
push(a,...filter(split(b?.read(af)??'','\n'),(a)=>index(a,'+0x')>0&&B(a)));
b?.close()
}
return a;
}
function an(){
let a=slice(am(),0,A/2),
b=filter(split(e(['dmesg']).output,'\n'),B),
c=A-length(a);
return{
log:map([...a,...slice(b,-c)],(a)=>substr(a,0,ac)),
crashed:length(a)>0
};
}
function ao(){
let e=[];
i().foreach('firewall','include',(a)=>{
if(q(a)&&a.path)
push(e,o(`${a.path}`))
});
for(let a in c('/etc/nftables.d/*.nft'))
if(length(filter(split(b(a)??'','\n'),(a)=>!(substr(trim(a),0,1)in['','#']))))
push(e,o(a));
return slice(map(e,a),0,d);
}
function ap(e){
let b=[],c='';
for(let a in split(e,'\n')){
if(substr(a,0,6)=='table ')
c=rtrim(substr(a,6),' {');
else if(substr(trim(a),0,10)=='flowtable ')
push(b,`${c} ${rtrim(substr(trim(a),10),' {')}`)
}
return slice(map(filter(b,(a)=>a!='inet fw4 ft'),a),0,d);
};
function aq(){
let a=e([V,'list','flowtables']);
return a.code==0?ap(a.output):[];
}
function ar(){
let e=[],b=r();
for(let c in keys(b))
if(b[c].proto in X)
push(e,{network:a(c),proto:b[c].proto});
return slice(e,0,d);
}
function at(){
let a={};
for(let c in p('/proc')??[])
if(int(c)>0)
a[trim(b(`/proc/${c}/comm`)??'')]=true;
return filter(Z,(b)=>a[b]);
}
function aF(){
let c=s().flowtable?.devices??[],
b=m(`${l}/nf_conntrack_timestamp`);
return t({
at:f(),
release:a(u('RELEASE')),
target:a(u('TARGET')),
kernel:v().kernel,
services:ag(),
sqm:ah(),
qdiscs:ai(),
blocks:aj(),
queues:ak(),
wed:al(),
...an(),
bound:U(),
debugfs:length(p('/sys/kernel/debug')??[])>0,
flow_timeouts:{
tcp:m(`${l}/nf_flowtable_tcp_timeout`),
udp:m(`${l}/nf_flowtable_udp_timeout`)
},
timestamps:b==null?null:b==1,
includes:ao(),
other_flowtables:aq(),
wlan_listed:filter(c,(a)=>E(a)=='wlan'),
still:F(ae),
tunnels:ar(),
observers:at()
});
};
const au='/usr/sbin/nft';
const av='/var/run/fw4.state';
const aw=['/proc/sys/net/bridge/bridge-nf-call-ip*tables','/sys/class/net/*/bridge/nf_call_ip*tables'];
const ax=16;
const ay=64;
function az(b){
let a=[];
for(let c in split(trim(b,' {}'),',')){
let b=map(split(c,'-',2),(a)=>int(a)),
d=b[1]??b[0];
for(let c=b[0];c<=d&&length(a)<ax;c++)
push(a,c)
}
return a;
}
function aA(c){
let e={},b=null,f={};
for(let a in split(c,'\n')){
a=trim(a);
if(substr(a,0,10)=='ct helper '){
b=rtrim(substr(a,10),' {');
continue;
}
if(b&&substr(a,0,6)=='type "'){
e[b]=split(a,'"')[1];
b=null;
continue;
}
let d=split(a,' ct helper set "',2),
c=d[1]?split(d[1],'"',2)[0]:null;
if(!c)
continue;
for(let a in['tcp','udp']){
let b=split(d[0],`${a} dport `,2)[1];
for(let d in b?az(b):[])
f[`${c} ${a} ${d}`]={name:e[c]??c,protocol:a,port:d}
}
}
return slice(values(f),0,ay);
};
function aB(a){
return a.table?aA(e([au,'-t','list','table','inet','fw4']).output):[];
}
function aC(){
let b=H(av)?.mtime,c=clock(),
a=b==null?null:f()-c[0]-c[1]/1000000000.0+b;
return a!=null&&a>=0&&a<=f()+1?a:null;
}
function n(c){
let a=int(b(`/proc/sys/net/netfilter/nf_conntrack_${c}`)??'none');
return a==a?a:null;
}
function aD(a){
return!!a.flowtable?.offload||J(K().options)=='hardware';
}
function C(a){
return sprintf('%J',[
a.loaded_since==null?null:int(a.loaded_since/4),a.loaded.flowtable,
map(a.links,(a)=>[a.name,a.ifindex,a.lower])
]);
}
function aE(a){
if(!aD(a.loaded))
return null;
let b=L('coverage');
if(b?.probed&&C(b)==C(a))
return b.probed;
return M(a.loaded.flowtable?.offload?a.loaded.flowtable.devices:[]);
}
function aG(){
let g=s(),
a=r(),
d=N(a);
let e={
at:f(),
kernel:v().kernel,
loaded:g,
loaded_since:aC(),
zones:d,
forwardings:O(),
networks:P(d,a),
own:Q(d,a),
links:I(a,(b)=>R(b,a)),
helpers:aB(g),
bridged:length(filter(c(...aw),(a)=>int(b(a))>0))>0,
timeouts:{
established:n('tcp_timeout_established'),
udp:n('udp_timeout'),
udp_stream:n('udp_timeout_stream')
},
probed:null
};
e.probed=aE(e);
return t(e);
};
export{aF,aG};
