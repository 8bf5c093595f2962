// SPDX-License-Identifier: Apache-2.0
'use strict';
import{popen as aG,error as aH,readfile as c,readlink as l,open as R,writefile as aI,rename as aJ,unlink as y,mkdir as aK,stat as S,symlink as aL,glob as u,access as m,basename as aM,lsdir as aN}from'fs';
import{connect as aO}from'ubus';
import{cursor as e}from'uci';
const T=4096;
function aP(a){
return"'"+replace(a,"'","'\\''")+"'";
};
function b(b){
let a=aG('exec '+join(' ',map(b,aP))+' 2>&1 </dev/null','r');
if(!a)
return{code:127,output:aH()??''};
let c=a.read('all')??'';
return{code:a.close(),output:c};
};
function v(a){
a=trim(a);
return length(a)>T?'…'+substr(a,-T+3):a;
};
function a(){
let a=clock(true);
return(a[0]*1000+a[1]/1000000)/1000.0;
};
function bQ(){
return int(l('/proc/self'));
};
function U(a,b){
if(type(a)!='int'||a<2)
return false;
return index(c(`/proc/${a}/cmdline`)??'',b)>=0;
};
function V(){
let b=c('/proc/self/stat'),
a=split(substr(b,rindex(b,')')+2),' ');
return(int(a[11])+int(a[12])+int(a[13])+int(a[14]))/100.0;
};
function aQ(){
let b=filter(split(split(c('/proc/stat')??'','\n',2)[0],' '),(a)=>length(a));
if(b[0]!='cpu')
return null;
let a=map(slice(b,1,9),(a)=>int(a)),d=0;
for(let b in a)
d+=b;
return{all:d,softirq:a[6],idle:a[3]+a[4]};
};
function aR(a,b){
let c=(b?.all??0)-(a?.all??0),
d=(a)=>min(1,max(0,a/(c+0.0)));
if(!a||!b||c<=0)
return null;
return{softirq:d(b.softirq-a.softirq),busy:d(c-b.idle+a.idle)};
};
const h='/var/run/nft-offload';
const z=4096;
const aS=24576;
const aT=length('[ ]');
function n(a){
return`${h}/${a}.json`;
}
function o(b){
let a=c(n(b));
try{
let b=a?json(a):null;
return type(b)=='object'?b:null;
}
catch(a){
return null;
}
};
function aU(b,a){
let e=S(b)?.size??0,
d=length(a)<=(e+z-1)/z*z?R(b,'r+'):null;
if(!d)
return false;
a=sprintf(`%-${e}s`,a);
d.write(a);
d.close();
return c(b)==a;
}
function p(c,d){
let a=sprintf('%J\n',d),
b=`${n(c)}.${l('/proc/self')}`;
aK(h,0755);
if(aI(b,a)!=length(a)||
S(b)?.size!=length(a)||
!aJ(b,n(c))){
y(b);
return aU(n(c),a);
}
return true;
};
function W(a){
return length(sprintf('%J',a));
}
function bR(a){
while(W(a)>aS){
let b=null,d=aT;
for(let c in keys(a)){
let e=type(a[c])=='array'?W(a[c]):0;
if(e>d){
b=c;
d=e
}
}
if(!b)
break;
a[b]=slice(a[b],0,length(a[b])*3/4)
}
return a;
};
function i(a){
y(n(a))
};
function bS(b,c){
let a=`${h}/decision.${b}`;
aL(c,a);
return l(a);
};
function bT(a){
return l(`${h}/decision.${a}`);
};
function bU(a){
y(`${h}/decision.${a}`)
};
const A='/usr/libexec/nft-offload';
function B(a){
return`${h}/${a}.pid`;
}
function X(a){
return U(int(c(a)??'0'),`${A}/guard`);
}
function bV(a){
return X(B(a));
};
function aV(){
return length(filter(u(B('*')),X))>0;
};
function bW(a,b){
return U(b,`${A}/${a}`);
};
function bX(a,b,...c){
return system([
'start-stop-daemon','-S','-b','-m','-p',B(a),
'-x',`${A}/guard`,'--',b,...c
])==0;
};
const C=60;
const D=4;
const Y=5;
const Z=64;
const aW=64;
const aX={
path:['','hardware','software','slow'],
protocol:['','tcp','udp','other'],
family:['','ipv4','ipv6'],
sort:['bytes','rate','age']
};
function bY(e){
let d={};
for(let a in['search','path','protocol','family','zone','sort']){
let b=e?.[a]??'',c=aX[a];
if(c&&b==='')
b=c[0];
if(type(b)!='string'||(c&&!(b in c)))
return{argument:a,expected:c?join(', ',filter(c,(a)=>length(a))):'text'};
if(length(b)>(a=='search'?Z:aW))
return{argument:a,expected:`at most ${Z} characters`};
d[a]=b
}
return{query:d};
};
function _(a,b){
return a!=null&&sprintf('%J',a)==sprintf('%J',b);
}
function aa(){
let a=o('asked');
return{flows:a?.flows??[],groups:a?.groups??-C};
};
function bZ(e){
let b=aa(),d=a(),c=-1,f=0;
if(!e){
if(d-b.groups>=Y&&!p('asked',{...b,groups:d}))
return null;
return'groups';
}
for(let a=0;a<length(b.flows);a++){
if(_(b.flows[a].query,e))
c=a;
if(b.flows[a].at<b.flows[f].at)
f=a
}
let g=c>=0&&d-b.flows[c].at<Y;
if(c<0)
c=length(b.flows)<D?length(b.flows):f;
if(!g){
b.flows[c]={query:e,at:d};
if(!p('asked',b))
return null;
}
return`flows.${c}`;
};
function b_(c,b){
let a=o(c);
return a&&(!b||_(a.query,b))?a:null;
};
function ca(){
let b=aa(),c=a()-C;
return b.groups>c||length(filter(b.flows,(a)=>a.at>c))>0;
};
function cb(){
for(let a=0;a<D;a++)
i(`flows.${a}`);
i('groups');
i('asked')
};
function cc(e){
let b=null;
for(let c=0;c<D;c++){
let d=o(`flows.${c}`);
if(!d||a()-d.at>2*C)
continue;
b??={hardware:{},software:{},slow:{}};
for(let a in d.rows)
if(a[16]>=e)
b[['hardware','software','slow'][a[0]]][join(' ',[a[1],...slice(a,5,9)])]=true
}
if(b)
for(let a in keys(b))
b[a]=length(b[a]);
return b;
};
const aY='/proc/net/nf_conntrack';
const aZ=32768;
const ab=1024;
const a_=1<<62;
const ac=['hardware','software','slow'];
const q=['ipv4','ipv6'];
const w=['tcp','udp','other'];
const E=0,F=1,ad=2;
const ae=42;
const r=1<<ae;
const ba=200;
const G=15;
function bb(b){
let a=int(b);
return a>=0&&`${a}`==b?a:null;
}
function bc(g){
let b=filter(split(rtrim(g,'\n'),' '),(a)=>length(a)),
d=b[0],c=ad,
e='',a=[];
if(!(d in q)||length(b)<4)
return null;
for(let d in b){
if(d=='[HW_OFFLOAD]')
c=E;
else if(d=='[OFFLOAD]')
c=F;
let b=split(d,'=',2);
if(b[0]in['packets','bytes']){
e+=b[0]+' ';
push(a,bb(b[1]))
}
}
let f=e=='packets bytes packets bytes '&&!(null in a);
return{
family:d,
protocol:b[2]in['tcp','udp']?b[2]:'other',
path:c,
packets:f?a[0]+a[2]:null,
bytes:f?a[1]+a[3]:null
};
};
function bd(d,a){
let k=d?.tracked??{},e={},b=0,
c=[0,0,0,0,0,0];
return{
follow:function(d,f,g,h){
if(b>=ab)
return a_;
let i=substr(d,0,G)+substr(d,index(d,'src=')),
j=k[i];
e[i]=[g,h];
b++;
c[f]+=g-(j?.[0]??0);
c[f+3]+=h-(j?.[1]??0);
return a;
},
result:()=>({moved:c,tracked:e,threshold:b<ab?a:a*4})
};
}
function be(m,n){
let a=int,f=index,
g=0,h=0,
i=0,j=0,
k=0,l=0;
return{
add:function(o,d,b,e,c){
b=a(b)+a(c);
if(f(c,'LOAD]')<0){
k+=r+a(d)+a(e);
l+=b
}
else if(f(c,'[O')>0){
i+=r+a(d)+a(e);
j+=b
}
else if(f(c,'[H')>0){
g+=r+a(d)+a(e);
h+=b
}
else{
die('fewer counters, or another flag')
}
if(b>m)
m=n(o,index(c,'LOAD]')<0?ad:index(c,'[O')<0?E:F,
int(d)+int(e),b)
},
add_parsed:function(a){
let b=r+a.packets,c=a.bytes??0;
switch(a.path){
case E:g+=b;h+=c;break;
case F:i+=b;j+=c;break;
default:k+=b;l+=c
}
},
sums:()=>[[g,h],[i,j],[k,l]]
};
}
function bf(a,b){
return length(a)==5&&b.packets!=null&&
int(a[1])+int(a[3])==b.packets&&
int(a[2])+int(a[4])==b.bytes;
}
function bg(c,d,e,k){
let l=split,m=substr,f={},a=true,n='line',o='s=',p=G,
b={},g=0,h=0,i=false;
for(let a in q){
b[a]={};
for(let c in w)
b[a][c]=be(e,d.follow)
}
let j=function(c){
let a=bc(c);
if(!a){
h++;
return;
}
let g=b[a.family][a.protocol],
j=split(c,'s=',5);
g.add_parsed(a);
i||=a.packets!=null;
if(a.bytes>e)
d.follow(j[0],a.path,a.packets,a.bytes);
if(k&&bf(j,a))
f[substr(c,0,G)]??=g.add
};
while(a&&g<ba){
try{
while((a=c.read(n)))
f[m(a,0,p)](...l(a,o,5))
}
catch(b){
g++;
j(a)
}
}
while(a&&(a=c.read('line')))
j(a);
for(let a in q)
for(let c in w)
b[a][c]=b[a][c].sums();
return{sums:b,other:h,counted:i};
}
function bh(b){
for(let c in q)
for(let d in w)
for(let a in b[c][d])
if(type(a[0])!='int'||type(a[1])!='int')
return false;
return true;
}
function bi(a){
return{flows:a[0]>>ae,packets:a[0]&(r-1),bytes:a[1]};
}
function bj(d,g){
let e=d?.threshold??aZ,a,b;
for(let f in[true,false]){
let c=R(g??aY,'r');
if(!c)
return null;
b=bd(d,e);
a=bg(c,b,e,f);
c.close();
if(bh(a.sums))
break;
}
let f=a.other,c={};
for(let b=0;b<length(ac);b++){
let d=c[ac[b]]={};
for(let c in q){
d[c]={};
for(let e in w){
let g=bi(a.sums[c][e][b]);
d[c][e]=g;
f+=g.flows
}
}
}
return{entries:f,paths:c,counted:a.counted,...b.result()};
};
const f='/sys/class/net';
const bk=128;
const af={
bridge:'bridge',vlan:'vlan',dsa:'dsa',wlan:'wlan',ppp:'ppp',wireguard:'wireguard',
bond:'bond',wwan:'rawip',gadget:'ethernet'
};
const ag={
wireguard:'wireguard',qmi:'rawip',mbim:'rawip',
vti:'ipsec',vtiv6:'ipsec',xfrm:'ipsec',
gre:'gre',gretap:'gre',grev6:'gre',grev6tap:'gre',
'6in4':'sit','6rd':'sit','6to4':'sit',
dslite:'ip6tnl',map:'ip6tnl','464xlat':'ip6tnl'
};
const bl={
'1':'ethernet','512':'ppp','519':'rawip','768':'ipip','769':'ip6tnl',
'772':'loopback','776':'sit','778':'gre','823':'gre','65534':'tun'
};
const bm=['ipip','sit','ip6tnl','gre','ipsec'];
function g(a,b){
return trim(c(`${f}/${a}/${b}`)??'');
}
function H(b){
let a=int(b);
return a==a?a:0;
}
function ah(a){
return type(a)=='string'&&length(a)>0&&length(a)<16&&
a!='.'&&a!='..'&&!match(a,/[\/: \t\n]/);
};
function x(a){
return map(filter(aN(`${f}/${a}`)??[],(a)=>substr(a,0,6)=='lower_'),
(a)=>substr(a,6));
}
function I(a,h){
let d=split(c(`${f}/${a}/uevent`)??'','DEVTYPE=',2)[1],
b=d?split(d,'\n',2)[0]:'';
if(exists(af,b))
return af[b];
if(substr(a,0,3)=='ifb')
return'ifb';
let e=ag[h??'']??(b?'other':bl[g(a,'type')])??'other';
return e=='ethernet'&&length(x(a))?'macvlan':e;
};
function J(b,c){
let a=l(`${f}/${b}/${c}`);
return a?aM(a):null;
}
function ai(a){
if(!ah(a)||!m(`${f}/${a}`))
return[];
if(!(I(a)in['bridge','vlan']))
return[a];
let b=[];
for(let c in x(a))
push(b,...ai(c));
return b;
};
function bn(b){
let a=I(b);
if(a in['bridge','vlan','dsa','wlan','ppp'])
return a;
switch(g(b,'type')){
case'1':return'ethernet';
case'768':case'769':case'776':case'778':case'823':case'65534':return'tunnel';
default:return a=='wireguard'?'tunnel':'other';
}
}
function cd(e){
let b={},c=filter(e,ah);
while(length(c)){
let a=shift(c);
if(exists(b,a))
continue;
let d=sort(x(a));
b[a]={
name:a,
type:bn(a),
present:!!m(`${f}/${a}`),
lower:d,
driver:J(a,'device/driver')
};
push(c,...d)
}
return values(b);
};
function bo(){
let a=[];
for(let d in slice(split(c('/proc/net/pppoe')??'','\n'),1)){
let b=pop(split(trim(d),' '));
if(length(b))
push(a,b)
}
return a;
}
function bp(c,a,d){
let b=c?.device;
if(b in a)
return b;
return length(a)==1&&d==1?a[0]:b;
}
function ce(c,i){
let d={},b=[],h={};
for(let b in keys(c)){
let a=c[b];
if(a.l3_device&&(!d[a.l3_device]||a.proto=='pppoe'||exists(ag,a.proto??'')))
d[a.l3_device]=b
}
for(let i in u(`${f}/*/ifindex`)){
let a=split(i,'/')[4],
f=d[a],
e=H(g(a,'ifindex'));
h[e]=a;
push(b,{
name:a,
kind:I(a,c[f]?.proto),
ifindex:e,
up:!!(hex(g(a,'flags'))&1),
mtu:H(g(a,'mtu')),
master:J(a,'master'),
lower:sort(x(a)),
carrier:null,
vlan_filtering:g(a,'bridge/vlan_filtering')=='1',
driver:J(a,'device/driver')
})
}
let j=bo(),
k=length(filter(b,(a)=>a.kind=='ppp'));
for(let a in b){
let e=d[a.name],b=null;
if(a.kind=='ppp')
b=bp(c[e],j,k);
else if(a.kind in bm||a.kind=='wireguard')
b=h[H(g(a.name,'iflink'))];
if(b==a.name)
b=null;
b??=e?i(e):null;
a.carrier=b!=a.name?b:null
}
return slice(sort(b,(a,b)=>a.ifindex-b.ifindex),0,bk);
};
const bq=1;
const K=32;
function j(a){
return a in['1','on','true','yes'];
};
function aj(a){
return a.enabled==null||j(a.enabled);
};
function L(a){
return type(a)=='array'?a:filter(split(a??'',/[ \t]+/),(a)=>length(a));
};
function br(){
let a=aO(null,bq),
b={};
if(a){
for(let c in a.call('network.interface','dump')?.interface??[])
b[c.interface]=c;
a.disconnect()
}
return b;
};
function bs(c){
let d=[];
e().foreach('firewall','zone',(a)=>{
if(!aj(a))
return;
let b=`${a.name??''}`,
e=filter(keys(c),(a)=>length(b)&&c[a].data?.zone==b);
push(d,{
name:b,
networks:uniq([...L(a.network),...e]),
devices:L(a.device),
masq:j(a.masq),
masq6:j(a.masq6),
mtu_fix:j(a.mtu_fix)
})
});
return d;
};
function cf(){
let b=[];
e().foreach('firewall','forwarding',(a)=>{
if(aj(a)&&a.src&&a.dest)
push(b,{src:`${a.src}`,dest:`${a.dest}`})
});
return b;
};
function bt(a){
return a.mask==0&&a.target in['0.0.0.0','::'];
}
function ak(b,c,a){
return{
name:c,
zone:b.name,
masq:b.masq,
up:!!a.up,
proto:a.proto??'',
device:a.device,
l3_device:a.l3_device,
default_route:length(filter(a.route??[],bt))>0
};
}
function M(c,d,e){
let a=[];
for(let b in c)
for(let c in b.networks)
push(a,e(b,c,d[c]??{}));
return a;
}
function cg(){
let a=br();
return M(bs(a),a,ak);
};
function N(c,a){
let b=iptoarr(c??'');
if(!b||type(a)!='int')
return null;
return map(b,(b,c)=>b&(0xff00>>min(max(a-8*c,0),8))&0xff);
}
function O(c,a){
let b=N(c,a);
return b?`${arrtoip(b)}/${a}`:null;
}
function bu(a){
let c=[];
for(let b in[...(a['ipv4-address']??[]),...(a['ipv6-address']??[]),...(a['ipv6-prefix-assignment']??[])])
push(c,O(b.address,b.mask),b.ptpaddress?O(b.ptpaddress,32):null);
for(let b in a.route??[])
if(b.mask!=0)
push(c,O(b.target,b.mask));
return slice(uniq(filter(c,(a)=>a!=null)),0,K);
}
function al(a){
let b=map([...(a['ipv4-address']??[]),...(a['ipv6-address']??[])],(a)=>a.address);
for(let c in a['ipv6-prefix-assignment']??[])
push(b,c['local-address']?.address);
return slice(uniq(filter(b,(a)=>a!=null)),0,K);
}
function bv(a,c,b){
if(substr(b??'',0,1)=='@')
return substr(b,1);
return c.dynamic&&rindex(a,'_')>0?substr(a,0,rindex(a,'_')):null;
}
function ch(a,b){
let c=e();
return M(a,b,(d,b,a)=>({
...ak(d,b,a),
addresses:al(a),
subnets:bu(a),
uptime:a.up?a.uptime:null,
over:bv(b,a,L(c.get('network',b,'device')??c.get('network',b,'ifname'))[0])
}));
};
function ci(d,a){
let b={},c=[];
M(d,a,(c,a)=>{b[a]=true});
for(let d in keys(a))
if(!b[d])
push(c,...al(a[d]));
return slice(uniq(c),0,K);
};
function bw(e,a,g){
let b=null,f=iptoarr(e);
if(!f)
return null;
for(let d in keys(a)){
let c=a[d];
if(d==g||!c.l3_device)
continue;
for(let a in[...(c.route??[]),...(c['ipv4-address']??[]),...(c['ipv6-address']??[])]){
let d=N(a.target??a.address,a.mask),g=a.metric??0;
if(!d||length(d)!=length(f)||join('.',d)!=join('.',N(e,a.mask)))
continue;
if(!b||a.mask>b.mask||(a.mask==b.mask&&g<b.metric))
b={mask:a.mask,metric:g,device:c.l3_device}
}
}
return b?.device;
}
function cj(a,d){
let b=e(),
f=b.get('network',a,'tunlink'),
c=b.get('network',a,'peeraddr');
if(f)
return d[f]?.l3_device;
b.foreach('network',`wireguard_${a}`,(a)=>{
if(iptoarr(`${a.endpoint_host??''}`))
c??=a.endpoint_host
});
return c?bw(`${c}`,d,a):null;
};
const d='firewall';
const am='/etc/config';
const an=`${am}/firewall`;
const k=['flow_offloading','flow_offloading_hw'];
const ck={
off:{flow_offloading:null,flow_offloading_hw:null},
software:{flow_offloading:'1',flow_offloading_hw:null},
hardware:{flow_offloading:'1',flow_offloading_hw:'1'}
};
function ao(b){
let a=null;
b.foreach(d,'defaults',(b)=>{a??=b['.name']});
return a;
}
function ap(){
let a=e();
return a.load(an)?a:null;
}
function aq(a){
let b=a?ao(a):null,
c={};
for(let e in k)
c[e]=b?a.get(d,b,e):null;
return{section:b,options:c};
}
function bx(){
return aq(ap());
};
function by(){
let a=e();
return aq(a.load(d)?a:null);
};
function cl(a){
return!j(a.flow_offloading)?'off':j(a.flow_offloading_hw)?'hardware':'software';
};
function ar(b,c){
return!length(filter(k,(a)=>b[a]!=c[a]));
};
function at(){
return e().changes(d)?.[d]??[];
};
function cm(b){
return filter(at(),(a)=>a[1]!=b||!(a[2]in k));
};
function au(b,c,e){
for(let a in k){
if(b.get(d,c,a)==e[a])
continue;
if(e[a]==null)
b.delete(d,c,a);
else
b.set(d,c,a,e[a])
}
}
function cn(c,b){
let a=e();
if(!a.load(d))
return false;
au(a,c,b);
a.save(d);
return ar(by().options,b);
};
function co(a){
for(let c in k)
b(['uci','-q','revert',`${d}.${a}.${c}`]);
return!length(filter(at(),(b)=>b[1]==a&&b[2]in k));
};
function cp(c){
let a=ap(),
e=a?ao(a):null;
if(!e)
return false;
au(a,e,c);
a.commit(d);
if(b(['fsync',an,am]).code!=0)
b(['sync']);
return ar(bx().options,c);
};
const s='/sbin/fw4';
const av='/usr/sbin/nft';
function cq(){
return!!m(s,'x');
};
function cr(){
return!!m(av,'x');
};
function cs(){
return length(u('/etc/rc.d/S[0-9]*firewall'))>0;
};
function ct(){
return b([s,'check']);
};
function cu(a){
return index(a,'Hardware flow offloading unavailable')>=0;
};
function cv(){
let a=b([s,'reload']);
if(a.code==0)
return a;
let c=b([s,'start']);
return{code:c.code,output:a.output+c.output};
};
function bz(){
let c=b([s,'-q','print']).output,
d=index(c,'flowtable ft {'),
a=[];
if(d<0)
return a;
let e=split(split(substr(c,d),'devices = {',2)[1]??'','}',2)[0];
for(let b in split(e,','))
push(a,...ai(replace(trim(b),'"','')));
return a;
}
function cw(a){
return map(uniq(sort([...bz(),...(a??[])])),(c)=>{
let a=b([av,'-c','add table inet nft_offload_probe; '+
'add flowtable inet nft_offload_probe ft { hook ingress priority 0; '+
`devices = { "${c}" }; flags offload; }`]);
return{name:c,accepted:a.code==0,output:a.code?v(a.output):''};
});
};
const aw='/usr/sbin/nft';
const bA=[aw,'-t','list flowtables inet; list chain inet fw4 forward'];
function bB(a){
return replace(trim(a),'"','');
}
function bC(a){
let d=null,e=null,f=null,b=null;
for(let c in split(a,'\n')){
let a=trim(c);
if(substr(c,0,6)=='table '){
f=rtrim(substr(c,6),' {');
b=null
}
else if(f!='inet fw4'){
continue;
}
else if(a=='flowtable ft {'){
b=d={devices:[],offload:false,counter:false}
}
else if(a=='}'){
b=null
}
else if(b){
if(a=='flags offload')
b.offload=true;
else if(a=='counter')
b.counter=true;
else if(substr(a,0,11)=='devices = {')
b.devices=map(split(trim(substr(a,11),' }'),','),bB)
}
else if(index(a,'flow add @ft')>=0||index(a,'flow offload @ft')>=0){
e??=a
}
}
return{flowtable:d,rule:e};
};
function cx(){
let c=b(bA),
d=c.code==0,
e=d?bC(c.output):{flowtable:null,rule:null};
let f={
at:a(),
table:d,
flowtable:e.flowtable,
rule:e.rule,
error:d?null:v(c.output)
};
p('loaded',f);
return f;
};
function cy(){
let a=b([aw,'-a','-t','list','chain','inet','fw4','forward']);
if(a.code!=0)
return null;
return join(' ',map(slice(split(a.output,'# handle '),1),(a)=>int(a)));
};
function cz(a,b){
if(!a.table||b=='off')
return a.table&&!a.flowtable;
return a.rule!=null&&a.flowtable?.offload==(b=='hardware');
};
function t(b){
let a=c(b);
return a==null?null:trim(a);
}
function bD(d){
let a='';
for(let e in split(c('/etc/openwrt_release')??'','\n')){
let b=split(e,'=',2);
if(b[0]==`DISTRIB_${d}`)
a=trim(b[1],"'\"")
}
return a;
};
function cA(){
return{
hostname:t('/proc/sys/kernel/hostname')??'',
model:t('/tmp/sysinfo/model')??'',
release:bD('DESCRIPTION'),
kernel:t('/proc/sys/kernel/osrelease')??''
};
};
function cB(a){
if(m(`/sys/module/${a}`))
return'loaded';
let b='/lib/modules/'+t('/proc/sys/kernel/osrelease');
if(index(c(`${b}/modules.builtin`)??'',`/${a}.ko\n`)>=0)
return'loaded';
return length(u(`${b}/${a}.ko*`,`${b}/kernel/net/*/${a}.ko*`))?'available':'missing';
};
function cC(){
let a=(a)=>t(`/proc/sys/net/netfilter/nf_conntrack_${a}`),
b=(a)=>a==null?null:int(a),
c=a('acct');
return{
accounting:c==null?null:c=='1',
conntrack_count:b(a('count')),
conntrack_max:b(a('max'))
};
};
const P='/usr/sbin/nft';
const Q='inet nft_offload';
const ax='0x4000';
const ay='type ifname . ifname . nf_proto . inet_proto; size 1024; flags dynamic; counter;';
const az='{ iifname . oifname . meta nfproto . meta l4proto }';
const bE=`
add table ${Q}
delete table ${Q}
table ${Q} {
	set slow { ${ay} }
	set flagged { ${ay} }
	set options { type ipv4_addr . ipv4_addr; size 64; flags dynamic, timeout; timeout 1m; }
	chain before_fw4 {
		type filter hook forward priority -5; policy accept;
		ct status & ${ax} == ${ax} update @flagged ${az}
	}
	chain after_fw4 {
		type filter hook forward priority 500; policy accept;
		update @slow ${az}
		ip hdrlength > 5 update @options { ip saddr . ip daddr }
	}
}
`;
function aA(){
let a=b([P,bE]);
return a.code?v(a.output):null;
};
function bF(){
b([P,'delete','table','inet','nft_offload'])
};
function bG(b){
let c=[];
for(let a=7;a<length(b)-4;a++){
if(b[a]!='counter'||b[a+1]!='packets')
continue;
let d=b[a-1];
push(c,{
iif:substr(b[a-7],1,-1),
oif:substr(b[a-5],1,-1),
family:b[a-3]in['ipv6','10']?'ipv6':'ipv4',
protocol:d in['tcp','6']?'tcp':d in['udp','17']?'udp':'other',
packets:int(b[a+2]),
bytes:int(b[a+4])
})
}
return c;
}
function bH(a){
let c=[];
for(let b=1;a[0]!='type'&&b<length(a)-1;b++)
if(a[b]=='.')
push(c,[a[b-1],rtrim(a[b+1],',')]);
return c;
}
function bI(b){
let c={},d=[],a=null;
for(let f in split(b,'\n')){
let b=filter(split(trim(f),' '),(a)=>length(a));
if(b[0]in['set','chain']&&b[2]=='{')
a=b[1];
if(a=='options'){
push(d,...bH(b));
continue;
}
let e=a=='flagged'?'flagged_':'';
for(let a in bG(b)){
let d=join(' ',[a.iif,a.oif,a.family,a.protocol]),
b=(c[d]??={
iif:a.iif,oif:a.oif,family:a.family,protocol:a.protocol,
packets:0,bytes:0,flagged_packets:0,flagged_bytes:0
});
b[e+'packets']+=a.packets;
b[e+'bytes']+=a.bytes
}
}
return{pairs:values(c),options:d};
};
function bJ(){
let a=b([P,'-a','list','table','inet','nft_offload']);
if(a.code)
return{pairs:[],options:[],install:null,error:v(a.output)};
return{...bI(a.output),install:int(split(a.output,'# handle ',3)[1]??'0'),error:null};
};
const bK=15;
const bL=0.02;
const aB=2;
const bM=60;
const bN=4;
const aC=2;
function cD(){
return p('lease',{at:a()});
};
function aD(){
let b=o('lease');
return b!=null&&a()-b.at<bK;
};
function bO(d,a,b){
let c=b==null?0:d-b,
e=null;
if(b!=null&&a.counted){
let b=(b)=>({
packets:max(0,a.moved[b])/c,
bytes:max(0,a.moved[b+3])/c
});
e={hardware:b(0),software:b(1),slow:b(2)}
}
return{at:d,entries:a.entries,paths:a.paths,rates:e,window:c};
}
function aE(){
bF();
i('watch')
};
function bP(b){
let d=a(),c=b.error?{error:b.error}:bJ();
if(c.error)
return{at:a(),since:a(),pairs:[],options:[],error:aA()};
return{at:d,since:b.since,pairs:c.pairs,options:c.options,error:null};
}
function aF(){
let a=o('transaction');
return a?.step=='waiting'&&!a.measurement?a.id:null;
}
function cE(){
let i=a(),o=V(),
j={since:i,error:aA()},
c=null,k=null,f=null,
l=aC,m=aF(),
b={flows:null,slow:null,cpu:null,every:aB,cost:{conntrack:0,nft:0}};
while(aD()){
let d=a(),q=f;
f=aQ();
b.cpu=aR(q,f);
b.slow=j=bP(j);
b.cost.nft=(a()-d)*1000;
let g=a(),n=c;
c=bj(n);
if(c)
b.flows=bO(g,c,n?k:null);
k=g;
b.cost.conntrack=(a()-g)*1000;
let e=--l>0?d+bN
:max(d+aB,i+(V()-o)/bL);
b.every=e-d;
p('watch',b);
while(a()<e&&aD()){
sleep(int(1000*min(1,max(0.05,e-a()))));
let h=aF();
if(h&&h!=m){
l=aC;
e=a()
}
m=h
}
}
aE()
};
function cF(){
let b=a()+bM;
i('lease');
i('asked');
while(aV()&&a()<b)
sleep(200);
aE()
};
export{a,aQ,aR,bV,bX,ai,cg,bJ,cD,bT,o,b,v,bQ,bW,p,i,bU,an,cz,cu,ct,bx,cm,cx,cl,h,cn,ck,cw,cy,cv,co,ar,cp,bS,aY,bc,V,aa,cb,ca,D,br,ch,bs,I,cc,j,aj,L,bR,bD,cA,ce,by,cf,ci,cj,cE,aE,cF,cB,cq,cr,cs,cC,cd,bK,bZ,b_,bY};
