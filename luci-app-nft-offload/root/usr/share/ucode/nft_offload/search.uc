// SPDX-License-Identifier: Apache-2.0
'use strict';
import{access as N,open as p,popen as O,readfile as P,glob as R}from'fs';
import{aX as Q,bb as q,a as g,T as h,Z as S,cb as T,ca as U,D as V,bq as W,ch as X,br as Y,p as Z}from'nft_offload.base';
function i(a){
let b=index(a,':')<0?null:iptoarr(a);
return b?join(':',map([0,2,4,6,8,10,12,14],(a)=>sprintf('%02x%02x',b[a],b[a+1]))):a;
};
function d(a){
let b=index(a,':')<0?null:iptoarr(a);
return b?arrtoip(b):a;
};
function _(e){
let a=split(e,'/',2),b=iptoarr(a[0]),d=8*length(b),
c=a[1]==null?d:int(a[1]);
return b&&c>=0&&c<=d?{bytes:b,mask:c}:null;
}
function r(a,b){
return arrtoip(map(a,(a,c)=>a&(0xff00>>min(max(b-8*c,0),8))&0xff));
}
function s(a,b){
return length(a.bytes)==length(b.bytes)&&a.mask<=b.mask&&
r(b.bytes,a.mask)==r(a.bytes,a.mask);
}
function aa(a){
let b=length(a.bytes)==16,e=b?4:8,
c=int(a.mask/e),g=a.mask%e,
d=b?i(arrtoip(a.bytes)):join('.',a.bytes),
f=null;
if(g){
let h=1<<(e-g),
i=(b?hex(substr(d,c+int(c/4),1)):a.bytes[c])&~(h-1);
f=b?{}:[];
for(let a=i;a<i+h;a++)
f[b?sprintf('%x',a):a]=true
}
d=b?substr(d+' ',0,c+int(c/4))
:c==4?d+' ':join('',map(slice(a.bytes,0,c),(a)=>a+'.'));
return['='+d,b?1:0,f];
}
function c(a){
let b=filter(map(a,_),(a)=>a?.mask>0),c=[[],[]];
for(let a=0;a<length(b);a++)
if(!length(filter(b,(c,d)=>d!=a&&s(c,b[a])&&(d<a||!s(b[a],c)))))
push(c[length(b[a].bytes)==16?1:0],aa(b[a]));
return{ipv4:c[0],ipv6:c[1]};
};
function ab(a){
if(match(a,/^[0-9]+\.[0-9.]*$/))
return{ipv4:[['='+a+(iptoarr(a)?' ':''),0,null]],ipv6:[]};
if(!match(a,/^[0-9a-f:]+$/)||index(a,':')<0)
return null;
let e=substr(a,-2)=='::';
if(!e&&iptoarr(a))
return c([a]);
let b=split(e?substr(a,0,-2)+':0:0:':a,':'),d=pop(b),f=[];
if(e&&b[0]=='')
shift(b);
if(length(b)>7||length(filter(b,(a)=>!length(a)||length(a)>4))||length(d)>4)
return{ipv4:[],ipv6:[]};
let g='='+join('',map(b,(a)=>substr('000'+a,-4)+':'));
if(length(d))
for(let a=length(d);a<=(ord(d,0)==48?length(d):4);a++)
push(f,[g+substr('000',0,4-a)+d,0,null]);
else
push(f,[g,0,null]);
return{ipv4:[],ipv6:f};
};
function ac(a){
return{
ipv4:a.ipv4,
ipv6:map(a.ipv6,(c)=>{
let a='';
for(let b in slice(split(substr(c[0],1),':'),0,-1)){
if(b=='0000')
break;
a+=ltrim(b,'0')+':'
}
return['='+a,0,null];
})
};
};
function ad(d,c,g){
let a=0;
for(let b in c){
if(index(d,b[0])<0)
continue;
let c=split(d,b[0]),e=b[1],f=b[2];
if(!f)
a+=length(c)-1;
else
for(let b=1;b<length(c);b++)
if(f[e?substr(c[b],0,e):int(c[b])])
a++;
if(a>=g)
break;
}
return a;
};
function e(a){
let c=a.ipv4,d=a.ipv6,e=index,f=ord,g=split,h=substr,i=int;
return(b)=>{
for(let a in f(b,3)==54?d:c){
if(e(b,a[0])<0)
continue;
let c=a[1],d=a[2];
if(!d)
return true;
for(let e in g(b,a[0]))
if(d[c?h(e,0,c):i(e)])
return true;
}
return false;
};
};
function ae(e){
let a={},h=split,b=substr,c=index,j='src=',d=' ';
for(let b in e)
a[b]=a[i(b)]=true;
return(i)=>{
let e=h(i,j,3),f=e[1],g=e[2];
return a[b(f,0,c(f,d))]??a[b(g,0,c(g,d))]??false;
};
};
const t='/usr/sbin/conntrack';
const af=2;
function b(a){
return int(P(`/proc/sys/net/netfilter/nf_conntrack_${a}`)??'0');
}
function ag(){
return b('timestamp')==1;
};
function ah(b,a){
return O(join('; ',map(a?[a]:['ipv4','ipv6'],
(a)=>`${t} -L -o extended ${b?'-u OFFLOAD ':''}-f ${a} 2>/dev/null`)),'r');
}
function a(g,h,c,d){
let e=g in['hardware','software'],f=b('buckets');
if(!c&&N(t,'x')&&(e||(f&&b('count')>af*f))){
let a=ah(e,h),
b=a?d(a,'conntrack'):null;
if(a?.close()==0)
return b;
}
let a=p(c??Q,'r'),i=a?d(a,'proc'):null;
if(a)
a.close();
return i;
};
const ai=2048;
function u(b,c,d){
let a=p(b,'r');
if(!a)
return;
for(let b=a.read('line');length(b);b=a.read('line')){
let a=d(split(rtrim(b,'\r\n'),/[ \t]+/));
if(a)
c(a[0],a[1])
}
a.close()
}
function v(){
let b={},e=0;
let c=(a,c)=>{
if(length(c)&&!(c in['*','-'])&&length(iptoarr(a??''))&&e<ai&&!b[a=d(a)]){
b[a]=c;
e++
}
};
u('/tmp/dhcp.leases',c,(a)=>[a[2],a[3]]);
for(let a in R('/tmp/hosts/odhcpd*','/tmp/odhcpd.leases'))
u(a,c,(a)=>{
if(a[0]!='#')
return[a[0],a[2]??a[1]];
for(let b in slice(a,8))
c(split(b,'/')[0],a[4])
});
return b;
};
const aj=1024;
const ak=['127.0.0.0/8','224.0.0.0/8','239.0.0.0/8','255.255.255.255','::1','fe80::/10','ff00::/8'];
function al(a){
return join(' ',map(split(a,' '),(a)=>
substr(a,0,4)in['src=','dst=']?substr(a,0,4)+i(substr(a,4)):a));
}
function w(b){
let a=[];
for(let c in b)
push(a,...c.subnets);
return a;
}
function x(a,f){
let b=c(w(a));
if(!length(filter(a,(a)=>a.default_route)))
return{gates:b};
let d=c([...w(filter(f,(b)=>!(b in a))),...ak]),
g=e(b);
return{test:(a)=>g(a)||ad(a,ord(a,3)==54?d.ipv6:d.ipv4,4)<4};
}
function y(b,a){
return substr(lc(b),0,length(a))==a;
}
function am(f,g,h){
let b=filter(h,(a)=>y(a.name,f)),
a=slice(filter(keys(g),(a)=>y(g[a],f)),0,aj);
if(length(a)<3&&!length(b))
return{gates:c(a)};
let d=x(b,h);
if(!length(a))
return d;
let i=ae(a),j=d.test??e(d.gates);
return{test:length(b)?(a)=>j(a)||i(a):i};
}
function an(b){
let a=[...b.ipv4,...b.ipv6];
return length(a)==1&&!a[0][2]?a[0][0]:null;
}
function ao(g,m,h,k){
let a=lc(g.search),d=null,f=[];
if(match(a,/^:?[0-9]+$/))
d=`port=${ltrim(a,':')} `;
else if(length(a)){
let b=index(a,'/')>0?c([a]):ab(a);
if(!b||(index(a,'/')>0&&!length(b.ipv4)&&!length(b.ipv6)))
push(f,am(a,m,h));
else
push(f,{gates:b})
}
if(length(g.zone))
push(f,x(filter(h,(a)=>a.zone==g.zone),h));
let b=[],i=[],j={ipv4:true,ipv6:true};
let l=(b)=>k!='conntrack'?b
:(a)=>b(ord(a,3)==54?al(a):a);
for(let a in f){
for(let b in keys(j))
j[b]&&=!a.gates||length(a.gates[b])>0;
if(!a.gates){
push(i,l(a.test));
continue;
}
let c=an(a.gates);
if(k=='conntrack'&&length(a.gates.ipv6)){
push(b,e(ac(a.gates)));
push(i,l(e(a.gates)))
}
else if(c&&!d){
d=c
}
else{
push(b,e(a.gates))
}
}
push(b,...i);
return{
literal:d,families:j,test:b[0],
more:length(b)<2?null:(c)=>{
for(let a=1;a<length(b);a++)
if(!b[a](c))
return false;
return true;
}
};
};
const ap=200;
const aq=24576;
const ar=64;
const at={bytes:400,age:400,rate:800};
const j=15;
const z=34;
const A=11;
const B=1<<49;
const C=22;
const D={hardware:['[H',false],software:['[O',false],slow:['LOAD]',true]};
function f(b){
let a=int(b);
return a>=0&&`${a}`==b?a:-1;
}
function E(a){
let b=a.sport??a.id??a.srckey??'0';
return[
substr(b,0,2)=='0x'?hex(b):max(0,f(b)),
a.srckey?hex(a.dstkey??'0'):max(0,f(a.dport??a.type??'0'))
];
}
function au(s){
let a={},b={},p=a,c=[],e=0,l=2;
for(let d in split(rtrim(s,'\n'),' ')){
let f=split(d,'=',2),g=f[0];
if(f[1]==null){
switch(d){
case'':break;
case'[HW_OFFLOAD]':l=0;break;
case'[OFFLOAD]':l=1;break;
case'[ASSURED]':e|=1;break;
case'[UNREPLIED]':e|=2;break;
default:push(c,d)
}
continue;
}
if(g=='src'&&a.src!=null)
p=b;
p[g]??=f[1]
}
if(!(c[0]in['ipv4','ipv6'])||!a.src||!a.dst||!b.src||!b.dst)
return null;
let m=a.src==b.dst&&a.dst==b.src,
g=d(a.src),h=d(a.dst),
n=m?h:d(b.src),o=m?g:d(b.dst),
i=E(a),j=E(b),q=a.type!=null,
t=a.packets!=null&&a.bytes!=null&&b.packets!=null&&b.bytes!=null,
r=f(c[4])>=0,
k=(a)=>t?f(a):-1;
if(n!=h||(!q&&j[0]!=i[1]))
e|=4;
if(o!=g||(!q&&j[1]!=i[0]))
e|=8;
return{
row:[
l,c[2]=='unknown'?c[3]:c[2],
c[2]=='tcp'?c[r?5:4]??'':'',e,r?f(c[4]):-1,
g,i[0],h,i[1],e&12?join(' ',[n,j[0],o,j[1]]):'',
k(a.packets),k(b.packets),k(a.bytes),k(b.bytes)
],
addresses:m?[g,h]:[g,h,n,o],
age:b['delta-time']?max(0,f(b['delta-time'])):null
};
};
function av(f,g,h){
let a=[],d=[],b=-2,i=false;
let j=()=>{
let c=sort(slice(a)),e=length(a)-f,g=0,h=[],j=[];
if(e<=0)
return;
b=c[e];
i=true;
for(let a=e;a<length(c)&&c[a]==b;a++)
g++;
for(let c=0;c<length(a);c++)
if(a[c]>b||(a[c]==b&&g-->0)){
push(h,a[c]);
push(j,d[c])
}
a=h;
d=j
};
return{
consider:(c,e,i)=>{
if(c!=c)
c=-1;
if(c>b&&(!i||!g||(g(e)&&(!h||h(e))))){
push(a,c);
push(d,e);
if(length(a)>=2*f)
j()
}
return b;
},
result:()=>{
j();
return{lines:d,least:b,left_out:i};
}
};
}
function aw(v,b,c,w){
let x=substr,m=split,n=index,h=int,
y='line',A='s=',B=j,C='delta-time=',E=(1<<z)-1,
o=c.literal,i=c.test,p=c.more,
r=D[b.path]?.[0],F=D[b.path]?.[1],
s=av(at[b.sort],i,c.more),G=s.consider,
t={},a,e,d,f=false,k=-2,u=0,l=0,g=0;
let H=(d)=>{
let a=q(d);
return a?(t[substr(d,0,j)]=c.families[a.family]&&(!length(b.family)||a.family==b.family)&&
(!length(b.protocol)||a.protocol==b.protocol)):false;
};
while((a=v.read(y))){
if(!(t[x(a,0,B)]??H(a))||
(o&&n(a,o)<0)||
(r&&(n(a,r)<0)!=F)){
u++;
continue;
}
if(i&&!f&&!(i(a)&&(!p||p(a)))){
l++;
continue;
}
e=m(a,A,5);
g++;
d=h(e[2])+h(e[4]);
if(w)
d=(h(m(e[4]??'',C,2)[1])<<z)|min(d,E);
if(!(d<=k)){
k=G(d,a,f);
f||=k>-2&&g>l/4
}
}
return{entries:g+u+l,matched:g,late:f,...s.result()};
}
function ax(a){
return substr(a,0,j)+split(split(a,' src=',3)[1]??'',' packets=',2)[0];
}
function ay(d,h,c){
let e=split(d,'s=',5),b=int(e[2])+int(e[4]),
i=ax(d),a=c?.known?.[i],f=e[4]!=null&&b>=0,g=null;
if(a&&f&&b<a[0])
a=null;
if(c&&f&&(a||c.floor!=null))
g=a?b-a[0]:max(0,b-c.floor);
return{
line:d,key:i,moved:g,bytes:f?b:-1,
first:a?a[1]:h,
moved_at:a&&!g?a[2]:h
};
}
function az(a,c,d){
let b=min(max(0,a.bytes),B-1);
switch(c){
case'rate':return a.moved>0?B+a.moved:b;
case'age':return(min(d,(1<<27)-1)<<C)|min(b>>12,(1<<C)-1);
default:return b;
}
}
function k(a,b){
return length(sprintf('%J',a))-b;
}
function aA(b,e,c,r,f,d,g){
d=d&&b.sort=='age';
return a(b.path,b.family,g,(s,m)=>{
let n=ao(b,f,r,m),
a=aw(s,b,n,d),
g={at:c,known:{},floor:d?null:a.left_out?max(0,a.least):0},
o=e?c-e.at:0,h=[],p=[],i={},j=[];
for(let f in a.lines){
let a=ay(f,c,e);
if(g.known[a.key])
continue;
g.known[a.key]=[a.bytes,a.first,a.moved_at];
push(p,(az(a,b.sort,d?int(split(f,'delta-time=',2)[1]):int(c-a.first))<<A)|length(h));
push(h,a)
}
a.lines=null;
let l={
query:b,source:m,entries:a.entries,
matched:a.late&&n.test?null:a.matched,
rows:j,more:a.left_out,hosts:i
},q=aq-ar-k({...l,at:c,cost:1.5,every:1.5},0);
for(let g in reverse(sort(p))){
let b=h[g&((1<<A)-1)],
a=au(b.line);
if(!a)
continue;
push(a.row,
b.moved==null||o<=0?-1:int(b.moved/o),
a.age??-1-int(c-b.first),
int(c-b.moved_at));
let d={},e=k(a.row,17);
for(let b in a.addresses)
if(f[b]&&!i[b])
d[b]=f[b];
if(length(d))
e+=k(d,0);
if(length(j)==ap||e>q){
l.more=true;
break;
}
q-=e;
push(j,a.row);
for(let a in keys(d))
i[a]=d[a]
}
return{facts:l,memory:g};
});
};
const aB=64;
const aC=24576;
const aD=160;
const aE=2048;
const aF=512;
const aG=4096;
const aH=['hardware','software','slow'];
const F=42;
const G=1<<F;
const H=15;
function l(a){
return a[3]+a[4]+a[5];
}
function I(a,e){
let c=sort(map(keys(a),(b)=>l(a[b]))),f=c[max(0,length(c)-e)],
b={'':a['']??[0,0,0,0,0,0]},g=b[''];
for(let c in keys(a)){
let d=a[c];
if(c=='')
continue;
if(l(d)>=f&&length(b)<=e)
b[c]=d;
else
for(let a=0;a<6;a++)
g[a]+=d[a]
}
return b;
}
function m(){
let a={},c=0;
return{
result:()=>a,
add:(d,e,f,g)=>{
let b=a[d];
if(!b){
if(++c>aE){
a=I(a,aF);
c=length(a)+1
}
b=a[d]??=[0,0,0,0,0,0]
}
b[e]+=G+f;
b[e+3]+=g
}
};
}
function aI(a,g){
let h=map(a,(a)=>[a.name,e(c(a.subnets))]),
d={},f=0;
return(a)=>{
let b=d[a];
if(b!=null)
return b;
if(++f>aG){
d={};
f=1
}
let c=index(a,':')>=0,
e=`ipv${c?6:4}=${c&&g=='conntrack'?i(a):a} `;
b='';
for(let a in h)
if(a[1](e)){
b=a[0];
break;
}
return d[a]=b;
};
}
function n(a,g,b){
if(length(a)>b)
a=I(a,b-1);
let c=map(keys(a),(c)=>{
let e={},b=a[c],f=d(c);
for(let a=0;a<3;a++)
e[aH[a]]={flows:b[a]>>F,packets:b[a]&(G-1),bytes:b[a+3]};
return{key:f,host:g?.[f],paths:e,bytes:l(b)};
});
return map(sort(c,(a,b)=>!length(a.key)-!length(b.key)||b.bytes-a.bytes),
(a)=>({key:a.key,host:a.host,paths:a.paths}));
}
function o(a,c){
let b=index(a,c);
if(b<0)
return'';
a=substr(a,b+length(c),40);
b=index(a,' ');
return b<0?a:substr(a,0,b);
}
function aJ(v,w,b){
return a('','',b,(x,y)=>{
let z=substr,A=split,h=index,d=int,B='line',C='s=',D=H,
i=m(),j=m(),k=m(),l={},p=0,a,
r=aI(filter(v,(a)=>!a.masq&&!a.default_route),y);
let s=(c,l,g,d,e,f)=>{
let a=o(l[0],'src='),b=r(a),h=o(c,' dport=');
if(!length(b)){
a=o(substr(c,index(c,' src=')+5),' src=');
b=r(a)
}
i.add(length(b)?a:'',d,e,f);
j.add(b,d,e,f);
k.add(length(h)?`${g}/${h}`:g,d,e,f)
};
while((a=x.read(B))){
let b=A(a,C,5),e=b[4],
c=l[z(a,0,D)],
t=d(b[2])+d(e),u=d(b[1])+d(b[3]);
p++;
if(c&&e&&t>=0&&u>=0){
s(a,b,c,h(e,'LOAD]')<0?2:h(e,'[O')<0?0:1,u,t);
continue;
}
let f=q(a);
if(f){
let d=filter(split(substr(a,0,40),' '),(a)=>length(a));
c=d[2]=='unknown'?d[3]:d[2];
if(d[2]!='unknown')
l[substr(a,0,H)]=c;
s(a,b,c,f.path,f.packets??0,f.bytes??0)
}
}
let g=null;
for(let a=aB;!g||length(sprintf('%J',g))>aC-aD;a-=4)
g={
entries:p,
clients:n(i.result(),w,a),
networks:n(j.result(),null,a),
protocols:n(k.result(),null,a)
};
return g;
});
};
const aK=0.02;
const J=2;
const K=4;
const L=8;
const M=250;
const aL=1000;
const aM=10;
function aN(){
let n=g(),o=h(),c=0,d=M,
e={},f=null,i=null;
let k=()=>(h()-o)/aK-(g()-n);
let p=(c,b,d)=>{
let a=e[c],f=sprintf('%J',d);
if(a?.text!=f)
e[c]=a={text:f,query:d,passes:0,at:null,memory:null};
return a.at==null?b:b<a.at?null:max(b,a.at+(a.passes==1?K:J));
};
let q=(e,a)=>{
let b=g(),j=h(),d;
if(i==null||b-i>=aM){
let a=W();
f=X(Y(a),a);
i=b
}
if(a.query){
let c=aA(a.query,a.memory,b,f,v(),ag());
a.memory=c?.memory;
d=c?.facts??{query:a.query,source:'proc',entries:0,matched:0,rows:[],more:false,hosts:{}}
}
else{
d=aJ(f,v())??{entries:0,clients:[],networks:[],protocols:[]}
}
a.at=b;
a.passes++;
Z(e,{
at:b,...d,cost:(h()-j)*1000,
every:a.passes==1&&c<L?K:max(J,k())
})
};
while(U()){
let a=S(),j=k(),b=null,l=null;
if(j<=0)
c=0;
let m=(d,f,h)=>{
let a=p(d,f,h);
if(a!=null&&a<=g()&&(b==null||a<l)&&
(j<=0||(e[d].passes<2&&c<L))){
b=d;
l=a
}
};
for(let b=0;b<min(V,length(a.flows));b++)
m(`flows.${b}`,a.flows[b].at,a.flows[b].query);
if(a.groups>=0)
m('groups',a.groups,null);
if(b==null){
sleep(d);
d=min(2*d,aL);
continue;
}
d=M;
if(j>0)
c++;
q(b,e[b])
}
T()
};
export{aN};
