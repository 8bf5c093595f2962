// SPDX-License-Identifier: Apache-2.0
'use strict';
import{access as N,open as p,popen as O,readfile as P,glob as R}from'fs';
import{aY as Q,bc as q,a as f,V as g,aa as S,cb as T,ca as U,D as V,br as W,ch as X,bs as Y,p as Z}from'nft_offload.base';
function h(a){
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
d=b?h(arrtoip(a.bytes)):join('.',a.bytes),
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
function b(a){
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
return b([a]);
let c=split(e?substr(a,0,-2)+':0:0:':a,':'),d=pop(c),f=[];
if(e&&c[0]=='')
shift(c);
if(length(c)>7||length(filter(c,(a)=>!length(a)||length(a)>4))||length(d)>4)
return{ipv4:[],ipv6:[]};
let g='='+join('',map(c,(a)=>substr('000'+a,-4)+':'));
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
function c(a){
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
let a={},i=split,b=substr,c=index,j='src=',d=' ';
for(let b in e)
a[b]=a[h(b)]=true;
return(h)=>{
let e=i(h,j,3),f=e[1],g=e[2];
return a[b(f,0,c(f,d))]??a[b(g,0,c(g,d))]??false;
};
};
const t='/usr/sbin/conntrack';
const af=2;
function i(a){
return int(P(`/proc/sys/net/netfilter/nf_conntrack_${a}`)??'0');
}
function ag(){
return i('timestamp')==1;
};
function ah(b,a){
return O(join('; ',map(a?[a]:['ipv4','ipv6'],
(a)=>`${t} -L -o extended ${b?'-u OFFLOAD ':''}-f ${a} 2>/dev/null`)),'r');
}
function a(f,g,b,c){
let d=f in['hardware','software'],e=i('buckets');
if(!b&&N(t,'x')&&(d||(e&&i('count')>af*e))){
let a=ah(d,g),
b=a?c(a,'conntrack'):null;
if(a?.close()==0)
return b;
}
let a=p(b??Q,'r'),h=a?c(a,'proc'):null;
if(a)
a.close();
return h;
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
substr(a,0,4)in['src=','dst=']?substr(a,0,4)+h(substr(a,4)):a));
}
function w(b){
let a=[];
for(let c in b)
push(a,...c.subnets);
return a;
}
function x(a,f){
let d=b(w(a));
if(!length(filter(a,(a)=>a.default_route)))
return{gates:d};
let e=b([...w(filter(f,(b)=>!(b in a))),...ak]),
g=c(d);
return{test:(a)=>g(a)||ad(a,ord(a,3)==54?e.ipv6:e.ipv4,4)<4};
}
function y(b,a){
return substr(lc(b),0,length(a))==a;
}
function am(f,g,h){
let d=filter(h,(a)=>y(a.name,f)),
a=slice(filter(keys(g),(a)=>y(g[a],f)),0,aj);
if(length(a)<3&&!length(d))
return{gates:b(a)};
let e=x(d,h);
if(!length(a))
return e;
let i=ae(a),j=e.test??c(e.gates);
return{test:length(d)?(a)=>j(a)||i(a):i};
}
function an(c){
let a=b([c]);
return length(a.ipv4)||length(a.ipv6)?a:null;
}
function ao(b){
let a=[...b.ipv4,...b.ipv6];
return length(a)==1&&!a[0][2]?a[0][0]:null;
}
function ap(e,l,f,j){
let a=lc(e.search),d=null,g=[];
if(match(a,/^:?[0-9]+$/))
d=`port=${ltrim(a,':')} `;
else if(length(a)){
let b=index(a,'/')>0?an(a):ab(a);
push(g,b?{gates:b}:am(a,l,f))
}
if(length(e.zone))
push(g,x(filter(f,(a)=>a.zone==e.zone),f));
let b=[],h=[],i={ipv4:true,ipv6:true};
let k=(b)=>j!='conntrack'?b
:(a)=>b(ord(a,3)==54?al(a):a);
for(let a in g){
for(let b in keys(i))
i[b]&&=!a.gates||length(a.gates[b])>0;
if(!a.gates){
push(h,k(a.test));
continue;
}
let e=ao(a.gates);
if(j=='conntrack'&&length(a.gates.ipv6)){
push(b,c(ac(a.gates)));
push(h,k(c(a.gates)))
}
else if(e&&!d){
d=e
}
else{
push(b,c(a.gates))
}
}
push(b,...h);
return{
literal:d,families:i,test:b[0],
more:length(b)<2?null:(c)=>{
for(let a=1;a<length(b);a++)
if(!b[a](c))
return false;
return true;
}
};
};
const aq=200;
const ar=24576;
const at=64;
const au={bytes:400,age:400,rate:800};
const j=15;
const z=34;
const A=11;
const B=1<<49;
const C=22;
const D={hardware:['[H',false],software:['[O',false],slow:['LOAD]',true]};
function e(b){
let a=int(b);
return a>=0&&`${a}`==b?a:-1;
}
function E(a){
let b=a.sport??a.id??a.srckey??'0';
return[
substr(b,0,2)=='0x'?hex(b):max(0,e(b)),
a.srckey?hex(a.dstkey??'0'):max(0,e(a.dport??a.type??'0'))
];
}
function av(s){
let a={},b={},p=a,c=[],f=0,l=2;
for(let d in split(rtrim(s,'\n'),' ')){
let e=split(d,'=',2),g=e[0];
if(e[1]==null){
switch(d){
case'':break;
case'[HW_OFFLOAD]':l=0;break;
case'[OFFLOAD]':l=1;break;
case'[ASSURED]':f|=1;break;
case'[UNREPLIED]':f|=2;break;
default:push(c,d)
}
continue;
}
if(g=='src'&&a.src!=null)
p=b;
p[g]??=e[1]
}
if(!(c[0]in['ipv4','ipv6'])||!a.src||!a.dst||!b.src||!b.dst)
return null;
let m=a.src==b.dst&&a.dst==b.src,
g=d(a.src),h=d(a.dst),
n=m?h:d(b.src),o=m?g:d(b.dst),
i=E(a),j=E(b),q=a.type!=null,
t=a.packets!=null&&a.bytes!=null&&b.packets!=null&&b.bytes!=null,
r=e(c[4])>=0,
k=(a)=>t?e(a):-1;
if(n!=h||(!q&&j[0]!=i[1]))
f|=4;
if(o!=g||(!q&&j[1]!=i[0]))
f|=8;
return{
row:[
l,c[2]=='unknown'?c[3]:c[2],
c[2]=='tcp'?c[r?5:4]??'':'',f,r?e(c[4]):-1,
g,i[0],h,i[1],f&12?join(' ',[n,j[0],o,j[1]]):'',
k(a.packets),k(b.packets),k(a.bytes),k(b.bytes)
],
addresses:m?[g,h]:[g,h,n,o],
age:b['delta-time']?max(0,e(b['delta-time'])):null
};
};
function aw(f,g,h){
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
return{lines:d,left_out:i};
}
};
}
function ax(v,b,c,w){
let x=substr,m=split,n=index,h=int,
y='line',A='s=',B=j,C='delta-time=',E=(1<<z)-1,
o=c.literal,i=c.test,p=c.more,
r=D[b.path]?.[0],F=D[b.path]?.[1],
s=aw(au[b.sort],i,c.more),G=s.consider,
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
function ay(a){
return substr(a,0,j)+split(split(a,' src=',3)[1]??'',' packets=',2)[0];
}
function az(c,g,i){
let d=split(c,'s=',5),b=int(d[2])+int(d[4]),
h=ay(c),a=i?.known?.[h],e=d[4]!=null&&b>=0,f=null;
if(a&&e&&b<a[0])
a=null;
if(a&&e&&a[0]>=0)
f=b-a[0];
return{
line:c,key:h,moved:f,bytes:e?b:-1,
first:a?a[1]:g,
moved_at:a&&!f?a[2]:g
};
}
function aA(a,c,d){
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
function aB(b,e,c,r,f,d,g){
d=d&&b.sort=='age';
return a(b.path,b.family,g,(s,m)=>{
let n=ap(b,f,r,m),
a=ax(s,b,n,d),
g={at:c,known:{}},
o=e?c-e.at:0,h=[],p=[],i={},j=[];
for(let f in a.lines){
let a=az(f,c,e);
if(g.known[a.key])
continue;
g.known[a.key]=[a.bytes,a.first,a.moved_at];
push(p,(aA(a,b.sort,d?int(split(f,'delta-time=',2)[1]):int(c-a.first))<<A)|length(h));
push(h,a)
}
a.lines=null;
let l={
query:b,source:m,entries:a.entries,
matched:a.late&&n.test?null:a.matched,
rows:j,more:a.left_out,hosts:i
},q=ar-at-k({...l,at:c,cost:1.5,every:1.5},0);
for(let g in reverse(sort(p))){
let b=h[g&((1<<A)-1)],
a=av(b.line);
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
if(length(j)==aq||e>q){
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
const aC=64;
const aD=24576;
const aE=160;
const aF=2048;
const aG=512;
const aH=4096;
const aI=['hardware','software','slow'];
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
if(++c>aF){
a=I(a,aG);
c=length(a)+1
}
b=a[d]??=[0,0,0,0,0,0]
}
b[e]+=G+f;
b[e+3]+=g
}
};
}
function aJ(a,f){
let g=map(a,(a)=>[a.name,c(b(a.subnets))]),
d={},e=0;
return(a)=>{
let b=d[a];
if(b!=null)
return b;
if(++e>aH){
d={};
e=1
}
let c=index(a,':')>=0,
i=`ipv${c?6:4}=${c&&f=='conntrack'?h(a):a} `;
b='';
for(let a in g)
if(a[1](i)){
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
e[aI[a]]={flows:b[a]>>F,packets:b[a]&(G-1),bytes:b[a+3]};
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
function aK(v,w,b){
return a('','',b,(x,y)=>{
let z=substr,A=split,h=index,d=int,B='line',C='s=',D=H,
i=m(),j=m(),k=m(),l={},p=0,a,
r=aJ(filter(v,(a)=>!a.masq&&!a.default_route),y);
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
for(let a=aC;!g||length(sprintf('%J',g))>aD-aE;a-=4)
g={
entries:p,
clients:n(i.result(),w,a),
networks:n(j.result(),null,a),
protocols:n(k.result(),null,a)
};
return g;
});
};
const aL=0.02;
const J=2;
const K=4;
const L=8;
const M=250;
const aM=1000;
const aN=10;
function aO(){
let n=f(),o=g(),c=0,d=M,
e={},h=null,i=null;
let k=()=>(g()-o)/aL-(f()-n);
let p=(c,b,d)=>{
let a=e[c],f=sprintf('%J',d);
if(a?.text!=f)
e[c]=a={text:f,query:d,passes:0,at:null,memory:null};
return a.at==null?b:b<a.at?null:max(b,a.at+(a.passes==1?K:J));
};
let q=(e,a)=>{
let b=f(),j=g(),d;
if(i==null||b-i>=aN){
let a=W();
h=X(Y(a),a);
i=b
}
if(a.query){
let c=aB(a.query,a.memory,b,h,v(),ag());
a.memory=c?.memory;
d=c?.facts??{query:a.query,source:'proc',entries:0,matched:0,rows:[],more:false,hosts:{}}
}
else{
d=aK(h,v())??{entries:0,clients:[],networks:[],protocols:[]}
}
a.at=b;
a.passes++;
Z(e,{
at:b,...d,cost:(g()-j)*1000,
every:a.passes==1&&c<L?K:max(J,k())
})
};
while(U()){
let a=S(),j=k(),b=null,l=null;
if(j<=0)
c=0;
let m=(d,g,h)=>{
let a=p(d,g,h);
if(a!=null&&a<=f()&&(b==null||a<l)&&
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
d=min(2*d,aM);
continue;
}
d=M;
if(j>0)
c++;
q(b,e[b])
}
T()
};
export{aO};
