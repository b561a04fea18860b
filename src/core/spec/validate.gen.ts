// @ts-nocheck: written by ajv from schemas/v1 (npm run generate).
import type { ErrorObject } from 'ajv';

/**
 * Tells whether a value is a document of its kind. After a call that returns false, `errors` has all errors; the
 * `schemaPath` of each is a JSON pointer into schemas/mesh.json.
 */
export interface Validator {
  (value: unknown): boolean;
  readonly errors?: readonly ErrorObject[] | null;
}

const isAccess = validate52;
const schema19 = {"type":"object","required":["apiVersion","kind","metadata","spec"],"additionalProperties":false,"properties":{"apiVersion":{"type":"string","const":"mesh/v1"},"kind":{"type":"string","const":"Access"},"metadata":{"$ref":"definition:/Metadata"},"spec":{"type":"object","if":{"properties":{"gateway":false}},"then":{"properties":{"service":true},"required":["service"]},"additionalProperties":false,"properties":{"service":{"type":"string","pattern":"^(?:\\*|(?:[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?/)?[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?)$"},"gateway":{"$ref":"definition:/GatewayReference"},"rules":{"type":"array","items":{"$ref":"definition:/AccessRule"}}}}},"$id":"definition:/AccessDocument"};
const schema20 = {"type":"object","required":["name"],"additionalProperties":false,"properties":{"name":{"$ref":"definition:/DnsLabel"},"namespace":{"$ref":"definition:/DnsLabel"},"labels":{"$ref":"definition:/Labels"},"annotations":{"$ref":"definition:/Annotations"}},"$id":"definition:/Metadata"};
const schema21 = {"type":"string","minLength":1,"maxLength":63,"pattern":"^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$","$id":"definition:/DnsLabel"};
const func1 = function (text) {
let length = 0;
for (const _ of text) length += 1;
return length;
};
const pattern3 = new RegExp("^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$", "u");

function validate54(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate54.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(typeof data === "string"){
if(func1(data) > 63){
const err0 = {instancePath,schemaPath:"#/$defs/DnsLabel/maxLength",keyword:"maxLength",params:{limit: 63},message:"must NOT have more than 63 characters"};
(vErrors ??= []).push(err0);
errors++;
}
if(func1(data) < 1){
const err1 = {instancePath,schemaPath:"#/$defs/DnsLabel/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
(vErrors ??= []).push(err1);
errors++;
}
if(!pattern3.test(data)){
const err2 = {instancePath,schemaPath:"#/$defs/DnsLabel/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$"},message:"must match pattern \""+"^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$"+"\""};
(vErrors ??= []).push(err2);
errors++;
}
}
else {
const err3 = {instancePath,schemaPath:"#/$defs/DnsLabel/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err3);
errors++;
}
validate54.errors = vErrors;
return errors === 0;
}
validate54.evaluated = {"dynamicProps":false,"dynamicItems":false};

const schema22 = {"type":"object","propertyNames":{"type":"string","maxLength":317,"pattern":"^(?:[a-z0-9](?:[-a-z0-9.]*[a-z0-9])?/)?[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$"},"additionalProperties":{"type":"string","maxLength":63,"pattern":"^(?:[A-Za-z0-9](?:[-A-Za-z0-9_.]*[A-Za-z0-9])?)?$"},"$id":"definition:/Labels"};
const pattern4 = new RegExp("^(?:[a-z0-9](?:[-a-z0-9.]*[a-z0-9])?/)?[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$", "u");
const pattern5 = new RegExp("^(?:[A-Za-z0-9](?:[-A-Za-z0-9_.]*[A-Za-z0-9])?)?$", "u");

function validate57(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate57.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
const _errs1 = errors;
if(typeof key0 === "string"){
if(func1(key0) > 317){
const err0 = {instancePath,schemaPath:"#/$defs/Labels/propertyNames/maxLength",keyword:"maxLength",params:{limit: 317},message:"must NOT have more than 317 characters",propertyName:key0};
(vErrors ??= []).push(err0);
errors++;
}
if(!pattern4.test(key0)){
const err1 = {instancePath,schemaPath:"#/$defs/Labels/propertyNames/pattern",keyword:"pattern",params:{pattern: "^(?:[a-z0-9](?:[-a-z0-9.]*[a-z0-9])?/)?[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$"},message:"must match pattern \""+"^(?:[a-z0-9](?:[-a-z0-9.]*[a-z0-9])?/)?[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$"+"\"",propertyName:key0};
(vErrors ??= []).push(err1);
errors++;
}
}
else {
const err2 = {instancePath,schemaPath:"#/$defs/Labels/propertyNames/type",keyword:"type",params:{type: "string"},message:"must be string",propertyName:key0};
(vErrors ??= []).push(err2);
errors++;
}
var valid0 = _errs1 === errors;
if(!valid0){
const err3 = {instancePath,schemaPath:"#/$defs/Labels/propertyNames",keyword:"propertyNames",params:{propertyName: key0},message:"property name must be valid"};
(vErrors ??= []).push(err3);
errors++;
}
}
for(const key1 in data){
let data0 = data[key1];
if(typeof data0 === "string"){
if(func1(data0) > 63){
const err4 = {instancePath:instancePath+"/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/$defs/Labels/additionalProperties/maxLength",keyword:"maxLength",params:{limit: 63},message:"must NOT have more than 63 characters"};
(vErrors ??= []).push(err4);
errors++;
}
if(!pattern5.test(data0)){
const err5 = {instancePath:instancePath+"/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/$defs/Labels/additionalProperties/pattern",keyword:"pattern",params:{pattern: "^(?:[A-Za-z0-9](?:[-A-Za-z0-9_.]*[A-Za-z0-9])?)?$"},message:"must match pattern \""+"^(?:[A-Za-z0-9](?:[-A-Za-z0-9_.]*[A-Za-z0-9])?)?$"+"\""};
(vErrors ??= []).push(err5);
errors++;
}
}
else {
const err6 = {instancePath:instancePath+"/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/$defs/Labels/additionalProperties/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err6);
errors++;
}
}
}
else {
const err7 = {instancePath,schemaPath:"#/$defs/Labels/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err7);
errors++;
}
validate57.errors = vErrors;
return errors === 0;
}
validate57.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema23 = {"type":"object","propertyNames":{"type":"string","maxLength":317,"pattern":"^(?:[a-z0-9](?:[-a-z0-9.]*[a-z0-9])?/)?[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$"},"additionalProperties":{"type":"string"},"$id":"definition:/Annotations"};

function validate59(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate59.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
const _errs1 = errors;
if(typeof key0 === "string"){
if(func1(key0) > 317){
const err0 = {instancePath,schemaPath:"#/$defs/Annotations/propertyNames/maxLength",keyword:"maxLength",params:{limit: 317},message:"must NOT have more than 317 characters",propertyName:key0};
(vErrors ??= []).push(err0);
errors++;
}
if(!pattern4.test(key0)){
const err1 = {instancePath,schemaPath:"#/$defs/Annotations/propertyNames/pattern",keyword:"pattern",params:{pattern: "^(?:[a-z0-9](?:[-a-z0-9.]*[a-z0-9])?/)?[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$"},message:"must match pattern \""+"^(?:[a-z0-9](?:[-a-z0-9.]*[a-z0-9])?/)?[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$"+"\"",propertyName:key0};
(vErrors ??= []).push(err1);
errors++;
}
}
else {
const err2 = {instancePath,schemaPath:"#/$defs/Annotations/propertyNames/type",keyword:"type",params:{type: "string"},message:"must be string",propertyName:key0};
(vErrors ??= []).push(err2);
errors++;
}
var valid0 = _errs1 === errors;
if(!valid0){
const err3 = {instancePath,schemaPath:"#/$defs/Annotations/propertyNames",keyword:"propertyNames",params:{propertyName: key0},message:"property name must be valid"};
(vErrors ??= []).push(err3);
errors++;
}
}
for(const key1 in data){
if(typeof data[key1] !== "string"){
const err4 = {instancePath:instancePath+"/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/$defs/Annotations/additionalProperties/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err4);
errors++;
}
}
}
else {
const err5 = {instancePath,schemaPath:"#/$defs/Annotations/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err5);
errors++;
}
validate59.errors = vErrors;
return errors === 0;
}
validate59.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};


function validate53(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate53.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.name === undefined){
const err0 = {instancePath,schemaPath:"#/$defs/Metadata/required",keyword:"required",params:{missingProperty: "name"},message:"must have required property '"+"name"+"'"};
(vErrors ??= []).push(err0);
errors++;
}
for(const key0 in data){
if(!((((key0 === "name") || (key0 === "namespace")) || (key0 === "labels")) || (key0 === "annotations"))){
const err1 = {instancePath,schemaPath:"#/$defs/Metadata/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
(vErrors ??= []).push(err1);
errors++;
}
}
if(data.name !== undefined){
if(!(validate54(data.name, {instancePath:instancePath+"/name",parentData:data,parentDataProperty:"name",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate54.errors : vErrors.concat(validate54.errors);
errors = vErrors.length;
}
}
if(data.namespace !== undefined){
if(!(validate54(data.namespace, {instancePath:instancePath+"/namespace",parentData:data,parentDataProperty:"namespace",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate54.errors : vErrors.concat(validate54.errors);
errors = vErrors.length;
}
}
if(data.labels !== undefined){
if(!(validate57(data.labels, {instancePath:instancePath+"/labels",parentData:data,parentDataProperty:"labels",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate57.errors : vErrors.concat(validate57.errors);
errors = vErrors.length;
}
}
if(data.annotations !== undefined){
if(!(validate59(data.annotations, {instancePath:instancePath+"/annotations",parentData:data,parentDataProperty:"annotations",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate59.errors : vErrors.concat(validate59.errors);
errors = vErrors.length;
}
}
}
else {
const err2 = {instancePath,schemaPath:"#/$defs/Metadata/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err2);
errors++;
}
validate53.errors = vErrors;
return errors === 0;
}
validate53.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema24 = {"type":"string","pattern":"^(?:[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?/)?[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$","$id":"definition:/GatewayReference"};
const pattern8 = new RegExp("^(?:[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?/)?[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$", "u");

function validate62(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate62.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(typeof data === "string"){
if(!pattern8.test(data)){
const err0 = {instancePath,schemaPath:"#/$defs/GatewayReference/pattern",keyword:"pattern",params:{pattern: "^(?:[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?/)?[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$"},message:"must match pattern \""+"^(?:[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?/)?[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$"+"\""};
(vErrors ??= []).push(err0);
errors++;
}
}
else {
const err1 = {instancePath,schemaPath:"#/$defs/GatewayReference/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err1);
errors++;
}
validate62.errors = vErrors;
return errors === 0;
}
validate62.evaluated = {"dynamicProps":false,"dynamicItems":false};

const schema25 = {"type":"object","minProperties":1,"maxProperties":1,"additionalProperties":false,"properties":{"allow":{"type":"object","required":["from"],"additionalProperties":false,"properties":{"from":{"$ref":"definition:/PrincipalList"},"to":{"$ref":"definition:/AccessToList"},"when":{"$ref":"definition:/AccessWhenList"},"except":{"$ref":"definition:/AccessExceptionList"}}},"deny":{"type":"object","additionalProperties":false,"properties":{"from":{"$ref":"definition:/PrincipalList"},"to":{"$ref":"definition:/AccessToList"},"when":{"$ref":"definition:/AccessWhenList"},"except":{"$ref":"definition:/AccessExceptionList"}}}},"$id":"definition:/AccessRule"};
const schema26 = {"type":"array","minItems":1,"items":{"$ref":"definition:/Principal"},"$id":"definition:/PrincipalList"};
const schema27 = {"type":["string","object"],"pattern":"^(?:[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?/)?[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$","minProperties":1,"maxProperties":1,"additionalProperties":false,"properties":{"service":{"$ref":"definition:/ServiceReference"},"serviceAccount":{"$ref":"definition:/ServiceAccountReference"},"namespace":{"$ref":"definition:/DnsLabel"},"gateway":{"$ref":"definition:/GatewayReference"},"principal":{"$ref":"definition:/SpiffeId"},"address":{"type":"string","minLength":2,"maxLength":64},"authenticated":{"type":"boolean","const":true},"anyone":{"type":"boolean","const":true}},"$id":"definition:/Principal"};
const schema28 = {"type":"string","pattern":"^(?:[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?/)?[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$","$id":"definition:/ServiceReference"};

function validate67(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate67.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(typeof data === "string"){
if(!pattern8.test(data)){
const err0 = {instancePath,schemaPath:"#/$defs/ServiceReference/pattern",keyword:"pattern",params:{pattern: "^(?:[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?/)?[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$"},message:"must match pattern \""+"^(?:[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?/)?[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$"+"\""};
(vErrors ??= []).push(err0);
errors++;
}
}
else {
const err1 = {instancePath,schemaPath:"#/$defs/ServiceReference/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err1);
errors++;
}
validate67.errors = vErrors;
return errors === 0;
}
validate67.evaluated = {"dynamicProps":false,"dynamicItems":false};

const schema29 = {"type":"string","maxLength":317,"pattern":"^(?:[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?/)?[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$","$id":"definition:/ServiceAccountReference"};
const pattern11 = new RegExp("^(?:[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?/)?[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$", "u");

function validate69(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate69.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(typeof data === "string"){
if(func1(data) > 317){
const err0 = {instancePath,schemaPath:"#/$defs/ServiceAccountReference/maxLength",keyword:"maxLength",params:{limit: 317},message:"must NOT have more than 317 characters"};
(vErrors ??= []).push(err0);
errors++;
}
if(!pattern11.test(data)){
const err1 = {instancePath,schemaPath:"#/$defs/ServiceAccountReference/pattern",keyword:"pattern",params:{pattern: "^(?:[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?/)?[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$"},message:"must match pattern \""+"^(?:[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?/)?[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$"+"\""};
(vErrors ??= []).push(err1);
errors++;
}
}
else {
const err2 = {instancePath,schemaPath:"#/$defs/ServiceAccountReference/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err2);
errors++;
}
validate69.errors = vErrors;
return errors === 0;
}
validate69.evaluated = {"dynamicProps":false,"dynamicItems":false};

const schema30 = {"type":"string","maxLength":2048,"pattern":"^spiffe://[a-z0-9](?:[-_a-z0-9]*[a-z0-9])?(?:\\.[a-z0-9](?:[-_a-z0-9]*[a-z0-9])?)*/ns/[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?/sa/[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$","$id":"definition:/SpiffeId"};
const pattern12 = new RegExp("^spiffe://[a-z0-9](?:[-_a-z0-9]*[a-z0-9])?(?:\\.[a-z0-9](?:[-_a-z0-9]*[a-z0-9])?)*/ns/[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?/sa/[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$", "u");

function validate73(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate73.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(typeof data === "string"){
if(func1(data) > 2048){
const err0 = {instancePath,schemaPath:"#/$defs/SpiffeId/maxLength",keyword:"maxLength",params:{limit: 2048},message:"must NOT have more than 2048 characters"};
(vErrors ??= []).push(err0);
errors++;
}
if(!pattern12.test(data)){
const err1 = {instancePath,schemaPath:"#/$defs/SpiffeId/pattern",keyword:"pattern",params:{pattern: "^spiffe://[a-z0-9](?:[-_a-z0-9]*[a-z0-9])?(?:\\.[a-z0-9](?:[-_a-z0-9]*[a-z0-9])?)*/ns/[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?/sa/[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$"},message:"must match pattern \""+"^spiffe://[a-z0-9](?:[-_a-z0-9]*[a-z0-9])?(?:\\.[a-z0-9](?:[-_a-z0-9]*[a-z0-9])?)*/ns/[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?/sa/[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$"+"\""};
(vErrors ??= []).push(err1);
errors++;
}
}
else {
const err2 = {instancePath,schemaPath:"#/$defs/SpiffeId/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err2);
errors++;
}
validate73.errors = vErrors;
return errors === 0;
}
validate73.evaluated = {"dynamicProps":false,"dynamicItems":false};


function validate66(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate66.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if((typeof data !== "string") && (!(data && typeof data == "object" && !Array.isArray(data)))){
const err0 = {instancePath,schemaPath:"#/$defs/Principal/type",keyword:"type",params:{type: schema27.type},message:"must be string,object"};
(vErrors ??= []).push(err0);
errors++;
}
if(typeof data === "string"){
if(!pattern8.test(data)){
const err1 = {instancePath,schemaPath:"#/$defs/Principal/pattern",keyword:"pattern",params:{pattern: "^(?:[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?/)?[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$"},message:"must match pattern \""+"^(?:[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?/)?[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$"+"\""};
(vErrors ??= []).push(err1);
errors++;
}
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(Object.keys(data).length > 1){
const err2 = {instancePath,schemaPath:"#/$defs/Principal/maxProperties",keyword:"maxProperties",params:{limit: 1},message:"must NOT have more than 1 properties"};
(vErrors ??= []).push(err2);
errors++;
}
if(Object.keys(data).length < 1){
const err3 = {instancePath,schemaPath:"#/$defs/Principal/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties"};
(vErrors ??= []).push(err3);
errors++;
}
for(const key0 in data){
if(!((((((((key0 === "service") || (key0 === "serviceAccount")) || (key0 === "namespace")) || (key0 === "gateway")) || (key0 === "principal")) || (key0 === "address")) || (key0 === "authenticated")) || (key0 === "anyone"))){
const err4 = {instancePath,schemaPath:"#/$defs/Principal/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
(vErrors ??= []).push(err4);
errors++;
}
}
if(data.service !== undefined){
if(!(validate67(data.service, {instancePath:instancePath+"/service",parentData:data,parentDataProperty:"service",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate67.errors : vErrors.concat(validate67.errors);
errors = vErrors.length;
}
}
if(data.serviceAccount !== undefined){
if(!(validate69(data.serviceAccount, {instancePath:instancePath+"/serviceAccount",parentData:data,parentDataProperty:"serviceAccount",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate69.errors : vErrors.concat(validate69.errors);
errors = vErrors.length;
}
}
if(data.namespace !== undefined){
if(!(validate54(data.namespace, {instancePath:instancePath+"/namespace",parentData:data,parentDataProperty:"namespace",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate54.errors : vErrors.concat(validate54.errors);
errors = vErrors.length;
}
}
if(data.gateway !== undefined){
if(!(validate62(data.gateway, {instancePath:instancePath+"/gateway",parentData:data,parentDataProperty:"gateway",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate62.errors : vErrors.concat(validate62.errors);
errors = vErrors.length;
}
}
if(data.principal !== undefined){
if(!(validate73(data.principal, {instancePath:instancePath+"/principal",parentData:data,parentDataProperty:"principal",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate73.errors : vErrors.concat(validate73.errors);
errors = vErrors.length;
}
}
if(data.address !== undefined){
let data5 = data.address;
if(typeof data5 === "string"){
if(func1(data5) > 64){
const err5 = {instancePath:instancePath+"/address",schemaPath:"#/$defs/Principal/properties/address/maxLength",keyword:"maxLength",params:{limit: 64},message:"must NOT have more than 64 characters"};
(vErrors ??= []).push(err5);
errors++;
}
if(func1(data5) < 2){
const err6 = {instancePath:instancePath+"/address",schemaPath:"#/$defs/Principal/properties/address/minLength",keyword:"minLength",params:{limit: 2},message:"must NOT have fewer than 2 characters"};
(vErrors ??= []).push(err6);
errors++;
}
}
else {
const err7 = {instancePath:instancePath+"/address",schemaPath:"#/$defs/Principal/properties/address/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err7);
errors++;
}
}
if(data.authenticated !== undefined){
let data6 = data.authenticated;
if(typeof data6 !== "boolean"){
const err8 = {instancePath:instancePath+"/authenticated",schemaPath:"#/$defs/Principal/properties/authenticated/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
(vErrors ??= []).push(err8);
errors++;
}
if(true !== data6){
const err9 = {instancePath:instancePath+"/authenticated",schemaPath:"#/$defs/Principal/properties/authenticated/const",keyword:"const",params:{allowedValue: true},message:"must be equal to constant"};
(vErrors ??= []).push(err9);
errors++;
}
}
if(data.anyone !== undefined){
let data7 = data.anyone;
if(typeof data7 !== "boolean"){
const err10 = {instancePath:instancePath+"/anyone",schemaPath:"#/$defs/Principal/properties/anyone/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
(vErrors ??= []).push(err10);
errors++;
}
if(true !== data7){
const err11 = {instancePath:instancePath+"/anyone",schemaPath:"#/$defs/Principal/properties/anyone/const",keyword:"const",params:{allowedValue: true},message:"must be equal to constant"};
(vErrors ??= []).push(err11);
errors++;
}
}
}
validate66.errors = vErrors;
return errors === 0;
}
validate66.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};


function validate65(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate65.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(Array.isArray(data)){
if(data.length < 1){
const err0 = {instancePath,schemaPath:"#/$defs/PrincipalList/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
(vErrors ??= []).push(err0);
errors++;
}
const len0 = data.length;
for(let i0=0; i0<len0; i0++){
if(!(validate66(data[i0], {instancePath:instancePath+"/" + i0,parentData:data,parentDataProperty:i0,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate66.errors : vErrors.concat(validate66.errors);
errors = vErrors.length;
}
}
}
else {
const err1 = {instancePath,schemaPath:"#/$defs/PrincipalList/type",keyword:"type",params:{type: "array"},message:"must be array"};
(vErrors ??= []).push(err1);
errors++;
}
validate65.errors = vErrors;
return errors === 0;
}
validate65.evaluated = {"items":true,"dynamicProps":false,"dynamicItems":false};

const schema31 = {"type":"array","minItems":1,"items":{"$ref":"definition:/AccessTo"},"$id":"definition:/AccessToList"};
const schema32 = {"type":"object","additionalProperties":false,"properties":{"ports":{"$ref":"definition:/PortNameList"},"methods":{"$ref":"definition:/MethodList"},"paths":{"$ref":"definition:/PathMatchList"},"hosts":{"type":"array","minItems":1,"items":{"$ref":"definition:/HostPattern"}},"headers":{"$ref":"definition:/HeaderMatches"},"cookies":{"$ref":"definition:/CookieMatches"}},"$id":"definition:/AccessTo"};
const schema33 = {"type":"array","minItems":1,"items":{"$ref":"definition:/PortName"},"$id":"definition:/PortNameList"};
const schema34 = {"type":"string","maxLength":63,"pattern":"^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$","$id":"definition:/PortName"};

function validate80(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate80.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(typeof data === "string"){
if(func1(data) > 63){
const err0 = {instancePath,schemaPath:"#/$defs/PortName/maxLength",keyword:"maxLength",params:{limit: 63},message:"must NOT have more than 63 characters"};
(vErrors ??= []).push(err0);
errors++;
}
if(!pattern3.test(data)){
const err1 = {instancePath,schemaPath:"#/$defs/PortName/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$"},message:"must match pattern \""+"^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$"+"\""};
(vErrors ??= []).push(err1);
errors++;
}
}
else {
const err2 = {instancePath,schemaPath:"#/$defs/PortName/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err2);
errors++;
}
validate80.errors = vErrors;
return errors === 0;
}
validate80.evaluated = {"dynamicProps":false,"dynamicItems":false};


function validate79(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate79.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(Array.isArray(data)){
if(data.length < 1){
const err0 = {instancePath,schemaPath:"#/$defs/PortNameList/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
(vErrors ??= []).push(err0);
errors++;
}
const len0 = data.length;
for(let i0=0; i0<len0; i0++){
if(!(validate80(data[i0], {instancePath:instancePath+"/" + i0,parentData:data,parentDataProperty:i0,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate80.errors : vErrors.concat(validate80.errors);
errors = vErrors.length;
}
}
}
else {
const err1 = {instancePath,schemaPath:"#/$defs/PortNameList/type",keyword:"type",params:{type: "array"},message:"must be array"};
(vErrors ??= []).push(err1);
errors++;
}
validate79.errors = vErrors;
return errors === 0;
}
validate79.evaluated = {"items":true,"dynamicProps":false,"dynamicItems":false};

const schema35 = {"type":"array","minItems":1,"items":{"$ref":"definition:/HttpMethod"},"$id":"definition:/MethodList"};
const schema36 = {"type":"string","maxLength":64,"pattern":"^[!#$%&'*+.^_`|~0-9A-Za-z-]+$","$id":"definition:/HttpMethod"};
const pattern14 = new RegExp("^[!#$%&'*+.^_`|~0-9A-Za-z-]+$", "u");

function validate84(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate84.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(typeof data === "string"){
if(func1(data) > 64){
const err0 = {instancePath,schemaPath:"#/$defs/HttpMethod/maxLength",keyword:"maxLength",params:{limit: 64},message:"must NOT have more than 64 characters"};
(vErrors ??= []).push(err0);
errors++;
}
if(!pattern14.test(data)){
const err1 = {instancePath,schemaPath:"#/$defs/HttpMethod/pattern",keyword:"pattern",params:{pattern: "^[!#$%&'*+.^_`|~0-9A-Za-z-]+$"},message:"must match pattern \""+"^[!#$%&'*+.^_`|~0-9A-Za-z-]+$"+"\""};
(vErrors ??= []).push(err1);
errors++;
}
}
else {
const err2 = {instancePath,schemaPath:"#/$defs/HttpMethod/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err2);
errors++;
}
validate84.errors = vErrors;
return errors === 0;
}
validate84.evaluated = {"dynamicProps":false,"dynamicItems":false};


function validate83(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate83.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(Array.isArray(data)){
if(data.length < 1){
const err0 = {instancePath,schemaPath:"#/$defs/MethodList/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
(vErrors ??= []).push(err0);
errors++;
}
const len0 = data.length;
for(let i0=0; i0<len0; i0++){
if(!(validate84(data[i0], {instancePath:instancePath+"/" + i0,parentData:data,parentDataProperty:i0,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate84.errors : vErrors.concat(validate84.errors);
errors = vErrors.length;
}
}
}
else {
const err1 = {instancePath,schemaPath:"#/$defs/MethodList/type",keyword:"type",params:{type: "array"},message:"must be array"};
(vErrors ??= []).push(err1);
errors++;
}
validate83.errors = vErrors;
return errors === 0;
}
validate83.evaluated = {"items":true,"dynamicProps":false,"dynamicItems":false};

const schema37 = {"type":"array","minItems":1,"items":{"$ref":"definition:/PathMatch"},"$id":"definition:/PathMatchList"};
const schema38 = {"type":"object","minProperties":1,"maxProperties":1,"additionalProperties":false,"properties":{"exact":{"$ref":"definition:/Path"},"prefix":{"$ref":"definition:/Path"},"startsWith":{"$ref":"definition:/Path"},"regex":{"$ref":"definition:/Pattern"}},"$id":"definition:/PathMatch"};
const schema39 = {"type":"string","pattern":"^/[^?#\\s\\u0000-\\u001f\\u007f]*$","$id":"definition:/Path"};
const pattern15 = new RegExp("^/[^?#\\s\\u0000-\\u001f\\u007f]*$", "u");

function validate89(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate89.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(typeof data === "string"){
if(!pattern15.test(data)){
const err0 = {instancePath,schemaPath:"#/$defs/Path/pattern",keyword:"pattern",params:{pattern: "^/[^?#\\s\\u0000-\\u001f\\u007f]*$"},message:"must match pattern \""+"^/[^?#\\s\\u0000-\\u001f\\u007f]*$"+"\""};
(vErrors ??= []).push(err0);
errors++;
}
}
else {
const err1 = {instancePath,schemaPath:"#/$defs/Path/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err1);
errors++;
}
validate89.errors = vErrors;
return errors === 0;
}
validate89.evaluated = {"dynamicProps":false,"dynamicItems":false};

const schema40 = {"type":"string","minLength":1,"maxLength":4096,"$id":"definition:/Pattern"};

function validate93(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate93.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(typeof data === "string"){
if(func1(data) > 4096){
const err0 = {instancePath,schemaPath:"#/$defs/Pattern/maxLength",keyword:"maxLength",params:{limit: 4096},message:"must NOT have more than 4096 characters"};
(vErrors ??= []).push(err0);
errors++;
}
if(func1(data) < 1){
const err1 = {instancePath,schemaPath:"#/$defs/Pattern/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
(vErrors ??= []).push(err1);
errors++;
}
}
else {
const err2 = {instancePath,schemaPath:"#/$defs/Pattern/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err2);
errors++;
}
validate93.errors = vErrors;
return errors === 0;
}
validate93.evaluated = {"dynamicProps":false,"dynamicItems":false};


function validate88(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate88.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(Object.keys(data).length > 1){
const err0 = {instancePath,schemaPath:"#/$defs/PathMatch/maxProperties",keyword:"maxProperties",params:{limit: 1},message:"must NOT have more than 1 properties"};
(vErrors ??= []).push(err0);
errors++;
}
if(Object.keys(data).length < 1){
const err1 = {instancePath,schemaPath:"#/$defs/PathMatch/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties"};
(vErrors ??= []).push(err1);
errors++;
}
for(const key0 in data){
if(!((((key0 === "exact") || (key0 === "prefix")) || (key0 === "startsWith")) || (key0 === "regex"))){
const err2 = {instancePath,schemaPath:"#/$defs/PathMatch/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
(vErrors ??= []).push(err2);
errors++;
}
}
if(data.exact !== undefined){
if(!(validate89(data.exact, {instancePath:instancePath+"/exact",parentData:data,parentDataProperty:"exact",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate89.errors : vErrors.concat(validate89.errors);
errors = vErrors.length;
}
}
if(data.prefix !== undefined){
if(!(validate89(data.prefix, {instancePath:instancePath+"/prefix",parentData:data,parentDataProperty:"prefix",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate89.errors : vErrors.concat(validate89.errors);
errors = vErrors.length;
}
}
if(data.startsWith !== undefined){
if(!(validate89(data.startsWith, {instancePath:instancePath+"/startsWith",parentData:data,parentDataProperty:"startsWith",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate89.errors : vErrors.concat(validate89.errors);
errors = vErrors.length;
}
}
if(data.regex !== undefined){
if(!(validate93(data.regex, {instancePath:instancePath+"/regex",parentData:data,parentDataProperty:"regex",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate93.errors : vErrors.concat(validate93.errors);
errors = vErrors.length;
}
}
}
else {
const err3 = {instancePath,schemaPath:"#/$defs/PathMatch/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err3);
errors++;
}
validate88.errors = vErrors;
return errors === 0;
}
validate88.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};


function validate87(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate87.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(Array.isArray(data)){
if(data.length < 1){
const err0 = {instancePath,schemaPath:"#/$defs/PathMatchList/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
(vErrors ??= []).push(err0);
errors++;
}
const len0 = data.length;
for(let i0=0; i0<len0; i0++){
if(!(validate88(data[i0], {instancePath:instancePath+"/" + i0,parentData:data,parentDataProperty:i0,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate88.errors : vErrors.concat(validate88.errors);
errors = vErrors.length;
}
}
}
else {
const err1 = {instancePath,schemaPath:"#/$defs/PathMatchList/type",keyword:"type",params:{type: "array"},message:"must be array"};
(vErrors ??= []).push(err1);
errors++;
}
validate87.errors = vErrors;
return errors === 0;
}
validate87.evaluated = {"items":true,"dynamicProps":false,"dynamicItems":false};

const schema41 = {"type":"string","maxLength":253,"pattern":"^(?:\\*\\.)?[a-z0-9](?:[-_a-z0-9]{0,61}[a-z0-9])?(?:\\.[a-z0-9](?:[-_a-z0-9]{0,61}[a-z0-9])?)*$","$id":"definition:/HostPattern"};
const pattern16 = new RegExp("^(?:\\*\\.)?[a-z0-9](?:[-_a-z0-9]{0,61}[a-z0-9])?(?:\\.[a-z0-9](?:[-_a-z0-9]{0,61}[a-z0-9])?)*$", "u");

function validate97(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate97.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(typeof data === "string"){
if(func1(data) > 253){
const err0 = {instancePath,schemaPath:"#/$defs/HostPattern/maxLength",keyword:"maxLength",params:{limit: 253},message:"must NOT have more than 253 characters"};
(vErrors ??= []).push(err0);
errors++;
}
if(!pattern16.test(data)){
const err1 = {instancePath,schemaPath:"#/$defs/HostPattern/pattern",keyword:"pattern",params:{pattern: "^(?:\\*\\.)?[a-z0-9](?:[-_a-z0-9]{0,61}[a-z0-9])?(?:\\.[a-z0-9](?:[-_a-z0-9]{0,61}[a-z0-9])?)*$"},message:"must match pattern \""+"^(?:\\*\\.)?[a-z0-9](?:[-_a-z0-9]{0,61}[a-z0-9])?(?:\\.[a-z0-9](?:[-_a-z0-9]{0,61}[a-z0-9])?)*$"+"\""};
(vErrors ??= []).push(err1);
errors++;
}
}
else {
const err2 = {instancePath,schemaPath:"#/$defs/HostPattern/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err2);
errors++;
}
validate97.errors = vErrors;
return errors === 0;
}
validate97.evaluated = {"dynamicProps":false,"dynamicItems":false};

const schema42 = {"type":"object","minProperties":1,"propertyNames":{"$ref":"definition:/HeaderName"},"additionalProperties":{"$ref":"definition:/HeaderMatch"},"$id":"definition:/HeaderMatches"};
const schema43 = {"type":"string","maxLength":256,"pattern":"^[!#$%&'*+.^_`|~0-9A-Za-z-]+$","$id":"definition:/HeaderName"};

function validate100(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate100.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(typeof data === "string"){
if(func1(data) > 256){
const err0 = {instancePath,schemaPath:"#/$defs/HeaderName/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"};
(vErrors ??= []).push(err0);
errors++;
}
if(!pattern14.test(data)){
const err1 = {instancePath,schemaPath:"#/$defs/HeaderName/pattern",keyword:"pattern",params:{pattern: "^[!#$%&'*+.^_`|~0-9A-Za-z-]+$"},message:"must match pattern \""+"^[!#$%&'*+.^_`|~0-9A-Za-z-]+$"+"\""};
(vErrors ??= []).push(err1);
errors++;
}
}
else {
const err2 = {instancePath,schemaPath:"#/$defs/HeaderName/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err2);
errors++;
}
validate100.errors = vErrors;
return errors === 0;
}
validate100.evaluated = {"dynamicProps":false,"dynamicItems":false};

const schema44 = {"type":"object","minProperties":1,"maxProperties":2,"if":{"minProperties":2},"then":{"properties":{"not":true},"required":["not"]},"additionalProperties":false,"properties":{"exact":{"type":"string"},"prefix":{"type":"string","minLength":1},"suffix":{"type":"string","minLength":1},"contains":{"type":"string","minLength":1},"regex":{"$ref":"definition:/Pattern"},"present":{"type":"boolean"},"not":{"$ref":"definition:/StringMatch"}},"$id":"definition:/HeaderMatch"};
const schema45 = {"type":"object","minProperties":1,"maxProperties":1,"additionalProperties":false,"properties":{"exact":{"type":"string"},"prefix":{"type":"string","minLength":1},"suffix":{"type":"string","minLength":1},"contains":{"type":"string","minLength":1},"regex":{"$ref":"definition:/Pattern"},"present":{"type":"boolean"}},"$id":"definition:/StringMatch"};

function validate104(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate104.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(Object.keys(data).length > 1){
const err0 = {instancePath,schemaPath:"#/$defs/StringMatch/maxProperties",keyword:"maxProperties",params:{limit: 1},message:"must NOT have more than 1 properties"};
(vErrors ??= []).push(err0);
errors++;
}
if(Object.keys(data).length < 1){
const err1 = {instancePath,schemaPath:"#/$defs/StringMatch/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties"};
(vErrors ??= []).push(err1);
errors++;
}
for(const key0 in data){
if(!((((((key0 === "exact") || (key0 === "prefix")) || (key0 === "suffix")) || (key0 === "contains")) || (key0 === "regex")) || (key0 === "present"))){
const err2 = {instancePath,schemaPath:"#/$defs/StringMatch/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
(vErrors ??= []).push(err2);
errors++;
}
}
if(data.exact !== undefined){
if(typeof data.exact !== "string"){
const err3 = {instancePath:instancePath+"/exact",schemaPath:"#/$defs/StringMatch/properties/exact/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err3);
errors++;
}
}
if(data.prefix !== undefined){
let data1 = data.prefix;
if(typeof data1 === "string"){
if(func1(data1) < 1){
const err4 = {instancePath:instancePath+"/prefix",schemaPath:"#/$defs/StringMatch/properties/prefix/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
(vErrors ??= []).push(err4);
errors++;
}
}
else {
const err5 = {instancePath:instancePath+"/prefix",schemaPath:"#/$defs/StringMatch/properties/prefix/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err5);
errors++;
}
}
if(data.suffix !== undefined){
let data2 = data.suffix;
if(typeof data2 === "string"){
if(func1(data2) < 1){
const err6 = {instancePath:instancePath+"/suffix",schemaPath:"#/$defs/StringMatch/properties/suffix/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
(vErrors ??= []).push(err6);
errors++;
}
}
else {
const err7 = {instancePath:instancePath+"/suffix",schemaPath:"#/$defs/StringMatch/properties/suffix/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err7);
errors++;
}
}
if(data.contains !== undefined){
let data3 = data.contains;
if(typeof data3 === "string"){
if(func1(data3) < 1){
const err8 = {instancePath:instancePath+"/contains",schemaPath:"#/$defs/StringMatch/properties/contains/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
(vErrors ??= []).push(err8);
errors++;
}
}
else {
const err9 = {instancePath:instancePath+"/contains",schemaPath:"#/$defs/StringMatch/properties/contains/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err9);
errors++;
}
}
if(data.regex !== undefined){
if(!(validate93(data.regex, {instancePath:instancePath+"/regex",parentData:data,parentDataProperty:"regex",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate93.errors : vErrors.concat(validate93.errors);
errors = vErrors.length;
}
}
if(data.present !== undefined){
if(typeof data.present !== "boolean"){
const err10 = {instancePath:instancePath+"/present",schemaPath:"#/$defs/StringMatch/properties/present/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
(vErrors ??= []).push(err10);
errors++;
}
}
}
else {
const err11 = {instancePath,schemaPath:"#/$defs/StringMatch/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err11);
errors++;
}
validate104.errors = vErrors;
return errors === 0;
}
validate104.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};


function validate102(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate102.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
const _errs1 = errors;
let valid0 = true;
const _errs2 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
if(Object.keys(data).length < 2){
const err0 = {};
(vErrors ??= []).push(err0);
errors++;
}
}
var _valid0 = _errs2 === errors;
errors = _errs1;
if(vErrors !== null){
if(_errs1){
vErrors.length = _errs1;
}
else {
vErrors = null;
}
}
if(_valid0){
const _errs3 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.not === undefined){
const err1 = {instancePath,schemaPath:"#/$defs/HeaderMatch/then/required",keyword:"required",params:{missingProperty: "not"},message:"must have required property '"+"not"+"'"};
(vErrors ??= []).push(err1);
errors++;
}
}
var _valid0 = _errs3 === errors;
valid0 = _valid0;
if(valid0){
var props0 = {};
props0.not = true;
}
}
if(!valid0){
const err2 = {instancePath,schemaPath:"#/$defs/HeaderMatch/if",keyword:"if",params:{failingKeyword: "then"},message:"must match \"then\" schema"};
(vErrors ??= []).push(err2);
errors++;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(Object.keys(data).length > 2){
const err3 = {instancePath,schemaPath:"#/$defs/HeaderMatch/maxProperties",keyword:"maxProperties",params:{limit: 2},message:"must NOT have more than 2 properties"};
(vErrors ??= []).push(err3);
errors++;
}
if(Object.keys(data).length < 1){
const err4 = {instancePath,schemaPath:"#/$defs/HeaderMatch/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties"};
(vErrors ??= []).push(err4);
errors++;
}
for(const key0 in data){
if(!(((((((key0 === "exact") || (key0 === "prefix")) || (key0 === "suffix")) || (key0 === "contains")) || (key0 === "regex")) || (key0 === "present")) || (key0 === "not"))){
const err5 = {instancePath,schemaPath:"#/$defs/HeaderMatch/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
(vErrors ??= []).push(err5);
errors++;
}
}
if(data.exact !== undefined){
if(typeof data.exact !== "string"){
const err6 = {instancePath:instancePath+"/exact",schemaPath:"#/$defs/HeaderMatch/properties/exact/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err6);
errors++;
}
}
if(data.prefix !== undefined){
let data1 = data.prefix;
if(typeof data1 === "string"){
if(func1(data1) < 1){
const err7 = {instancePath:instancePath+"/prefix",schemaPath:"#/$defs/HeaderMatch/properties/prefix/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
(vErrors ??= []).push(err7);
errors++;
}
}
else {
const err8 = {instancePath:instancePath+"/prefix",schemaPath:"#/$defs/HeaderMatch/properties/prefix/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err8);
errors++;
}
}
if(data.suffix !== undefined){
let data2 = data.suffix;
if(typeof data2 === "string"){
if(func1(data2) < 1){
const err9 = {instancePath:instancePath+"/suffix",schemaPath:"#/$defs/HeaderMatch/properties/suffix/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
(vErrors ??= []).push(err9);
errors++;
}
}
else {
const err10 = {instancePath:instancePath+"/suffix",schemaPath:"#/$defs/HeaderMatch/properties/suffix/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err10);
errors++;
}
}
if(data.contains !== undefined){
let data3 = data.contains;
if(typeof data3 === "string"){
if(func1(data3) < 1){
const err11 = {instancePath:instancePath+"/contains",schemaPath:"#/$defs/HeaderMatch/properties/contains/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
(vErrors ??= []).push(err11);
errors++;
}
}
else {
const err12 = {instancePath:instancePath+"/contains",schemaPath:"#/$defs/HeaderMatch/properties/contains/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err12);
errors++;
}
}
if(data.regex !== undefined){
if(!(validate93(data.regex, {instancePath:instancePath+"/regex",parentData:data,parentDataProperty:"regex",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate93.errors : vErrors.concat(validate93.errors);
errors = vErrors.length;
}
}
if(data.present !== undefined){
if(typeof data.present !== "boolean"){
const err13 = {instancePath:instancePath+"/present",schemaPath:"#/$defs/HeaderMatch/properties/present/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
(vErrors ??= []).push(err13);
errors++;
}
}
if(data.not !== undefined){
if(!(validate104(data.not, {instancePath:instancePath+"/not",parentData:data,parentDataProperty:"not",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate104.errors : vErrors.concat(validate104.errors);
errors = vErrors.length;
}
}
}
else {
const err14 = {instancePath,schemaPath:"#/$defs/HeaderMatch/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err14);
errors++;
}
validate102.errors = vErrors;
return errors === 0;
}
validate102.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};


function validate99(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate99.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(Object.keys(data).length < 1){
const err0 = {instancePath,schemaPath:"#/$defs/HeaderMatches/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties"};
(vErrors ??= []).push(err0);
errors++;
}
for(const key0 in data){
const _errs1 = errors;
if(!(validate100(key0, {instancePath,parentData:data,parentDataProperty,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate100.errors : vErrors.concat(validate100.errors);
errors = vErrors.length;
}
var valid0 = _errs1 === errors;
if(!valid0){
const err1 = {instancePath,schemaPath:"#/$defs/HeaderMatches/propertyNames",keyword:"propertyNames",params:{propertyName: key0},message:"property name must be valid"};
(vErrors ??= []).push(err1);
errors++;
}
}
for(const key1 in data){
if(!(validate102(data[key1], {instancePath:instancePath+"/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data,parentDataProperty:key1,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate102.errors : vErrors.concat(validate102.errors);
errors = vErrors.length;
}
}
}
else {
const err2 = {instancePath,schemaPath:"#/$defs/HeaderMatches/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err2);
errors++;
}
validate99.errors = vErrors;
return errors === 0;
}
validate99.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema46 = {"type":"object","minProperties":1,"propertyNames":{"type":"string","minLength":1,"maxLength":256,"pattern":"^[!#$%&'*+.^_`|~0-9A-Za-z-]+$"},"additionalProperties":{"$ref":"definition:/CookieMatch"},"$id":"definition:/CookieMatches"};
const schema47 = {"type":"object","minProperties":1,"maxProperties":2,"if":{"minProperties":2},"then":{"properties":{"not":true},"required":["not"]},"additionalProperties":false,"properties":{"exact":{"type":"string"},"prefix":{"type":"string","minLength":1},"suffix":{"type":"string","minLength":1},"contains":{"type":"string","minLength":1},"regex":{"$ref":"definition:/Pattern"},"present":{"type":"boolean"},"not":{"$ref":"definition:/StringMatch"}},"$id":"definition:/CookieMatch"};

function validate110(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate110.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
const _errs1 = errors;
let valid0 = true;
const _errs2 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
if(Object.keys(data).length < 2){
const err0 = {};
(vErrors ??= []).push(err0);
errors++;
}
}
var _valid0 = _errs2 === errors;
errors = _errs1;
if(vErrors !== null){
if(_errs1){
vErrors.length = _errs1;
}
else {
vErrors = null;
}
}
if(_valid0){
const _errs3 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.not === undefined){
const err1 = {instancePath,schemaPath:"#/$defs/CookieMatch/then/required",keyword:"required",params:{missingProperty: "not"},message:"must have required property '"+"not"+"'"};
(vErrors ??= []).push(err1);
errors++;
}
}
var _valid0 = _errs3 === errors;
valid0 = _valid0;
if(valid0){
var props0 = {};
props0.not = true;
}
}
if(!valid0){
const err2 = {instancePath,schemaPath:"#/$defs/CookieMatch/if",keyword:"if",params:{failingKeyword: "then"},message:"must match \"then\" schema"};
(vErrors ??= []).push(err2);
errors++;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(Object.keys(data).length > 2){
const err3 = {instancePath,schemaPath:"#/$defs/CookieMatch/maxProperties",keyword:"maxProperties",params:{limit: 2},message:"must NOT have more than 2 properties"};
(vErrors ??= []).push(err3);
errors++;
}
if(Object.keys(data).length < 1){
const err4 = {instancePath,schemaPath:"#/$defs/CookieMatch/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties"};
(vErrors ??= []).push(err4);
errors++;
}
for(const key0 in data){
if(!(((((((key0 === "exact") || (key0 === "prefix")) || (key0 === "suffix")) || (key0 === "contains")) || (key0 === "regex")) || (key0 === "present")) || (key0 === "not"))){
const err5 = {instancePath,schemaPath:"#/$defs/CookieMatch/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
(vErrors ??= []).push(err5);
errors++;
}
}
if(data.exact !== undefined){
if(typeof data.exact !== "string"){
const err6 = {instancePath:instancePath+"/exact",schemaPath:"#/$defs/CookieMatch/properties/exact/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err6);
errors++;
}
}
if(data.prefix !== undefined){
let data1 = data.prefix;
if(typeof data1 === "string"){
if(func1(data1) < 1){
const err7 = {instancePath:instancePath+"/prefix",schemaPath:"#/$defs/CookieMatch/properties/prefix/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
(vErrors ??= []).push(err7);
errors++;
}
}
else {
const err8 = {instancePath:instancePath+"/prefix",schemaPath:"#/$defs/CookieMatch/properties/prefix/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err8);
errors++;
}
}
if(data.suffix !== undefined){
let data2 = data.suffix;
if(typeof data2 === "string"){
if(func1(data2) < 1){
const err9 = {instancePath:instancePath+"/suffix",schemaPath:"#/$defs/CookieMatch/properties/suffix/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
(vErrors ??= []).push(err9);
errors++;
}
}
else {
const err10 = {instancePath:instancePath+"/suffix",schemaPath:"#/$defs/CookieMatch/properties/suffix/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err10);
errors++;
}
}
if(data.contains !== undefined){
let data3 = data.contains;
if(typeof data3 === "string"){
if(func1(data3) < 1){
const err11 = {instancePath:instancePath+"/contains",schemaPath:"#/$defs/CookieMatch/properties/contains/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
(vErrors ??= []).push(err11);
errors++;
}
}
else {
const err12 = {instancePath:instancePath+"/contains",schemaPath:"#/$defs/CookieMatch/properties/contains/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err12);
errors++;
}
}
if(data.regex !== undefined){
if(!(validate93(data.regex, {instancePath:instancePath+"/regex",parentData:data,parentDataProperty:"regex",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate93.errors : vErrors.concat(validate93.errors);
errors = vErrors.length;
}
}
if(data.present !== undefined){
if(typeof data.present !== "boolean"){
const err13 = {instancePath:instancePath+"/present",schemaPath:"#/$defs/CookieMatch/properties/present/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
(vErrors ??= []).push(err13);
errors++;
}
}
if(data.not !== undefined){
if(!(validate104(data.not, {instancePath:instancePath+"/not",parentData:data,parentDataProperty:"not",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate104.errors : vErrors.concat(validate104.errors);
errors = vErrors.length;
}
}
}
else {
const err14 = {instancePath,schemaPath:"#/$defs/CookieMatch/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err14);
errors++;
}
validate110.errors = vErrors;
return errors === 0;
}
validate110.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};


function validate109(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate109.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(Object.keys(data).length < 1){
const err0 = {instancePath,schemaPath:"#/$defs/CookieMatches/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties"};
(vErrors ??= []).push(err0);
errors++;
}
for(const key0 in data){
const _errs1 = errors;
if(typeof key0 === "string"){
if(func1(key0) > 256){
const err1 = {instancePath,schemaPath:"#/$defs/CookieMatches/propertyNames/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters",propertyName:key0};
(vErrors ??= []).push(err1);
errors++;
}
if(func1(key0) < 1){
const err2 = {instancePath,schemaPath:"#/$defs/CookieMatches/propertyNames/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",propertyName:key0};
(vErrors ??= []).push(err2);
errors++;
}
if(!pattern14.test(key0)){
const err3 = {instancePath,schemaPath:"#/$defs/CookieMatches/propertyNames/pattern",keyword:"pattern",params:{pattern: "^[!#$%&'*+.^_`|~0-9A-Za-z-]+$"},message:"must match pattern \""+"^[!#$%&'*+.^_`|~0-9A-Za-z-]+$"+"\"",propertyName:key0};
(vErrors ??= []).push(err3);
errors++;
}
}
else {
const err4 = {instancePath,schemaPath:"#/$defs/CookieMatches/propertyNames/type",keyword:"type",params:{type: "string"},message:"must be string",propertyName:key0};
(vErrors ??= []).push(err4);
errors++;
}
var valid0 = _errs1 === errors;
if(!valid0){
const err5 = {instancePath,schemaPath:"#/$defs/CookieMatches/propertyNames",keyword:"propertyNames",params:{propertyName: key0},message:"property name must be valid"};
(vErrors ??= []).push(err5);
errors++;
}
}
for(const key1 in data){
if(!(validate110(data[key1], {instancePath:instancePath+"/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data,parentDataProperty:key1,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate110.errors : vErrors.concat(validate110.errors);
errors = vErrors.length;
}
}
}
else {
const err6 = {instancePath,schemaPath:"#/$defs/CookieMatches/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err6);
errors++;
}
validate109.errors = vErrors;
return errors === 0;
}
validate109.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};


function validate78(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate78.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!((((((key0 === "ports") || (key0 === "methods")) || (key0 === "paths")) || (key0 === "hosts")) || (key0 === "headers")) || (key0 === "cookies"))){
const err0 = {instancePath,schemaPath:"#/$defs/AccessTo/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
(vErrors ??= []).push(err0);
errors++;
}
}
if(data.ports !== undefined){
if(!(validate79(data.ports, {instancePath:instancePath+"/ports",parentData:data,parentDataProperty:"ports",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate79.errors : vErrors.concat(validate79.errors);
errors = vErrors.length;
}
}
if(data.methods !== undefined){
if(!(validate83(data.methods, {instancePath:instancePath+"/methods",parentData:data,parentDataProperty:"methods",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate83.errors : vErrors.concat(validate83.errors);
errors = vErrors.length;
}
}
if(data.paths !== undefined){
if(!(validate87(data.paths, {instancePath:instancePath+"/paths",parentData:data,parentDataProperty:"paths",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate87.errors : vErrors.concat(validate87.errors);
errors = vErrors.length;
}
}
if(data.hosts !== undefined){
let data3 = data.hosts;
if(Array.isArray(data3)){
if(data3.length < 1){
const err1 = {instancePath:instancePath+"/hosts",schemaPath:"#/$defs/AccessTo/properties/hosts/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
(vErrors ??= []).push(err1);
errors++;
}
const len0 = data3.length;
for(let i0=0; i0<len0; i0++){
if(!(validate97(data3[i0], {instancePath:instancePath+"/hosts/" + i0,parentData:data3,parentDataProperty:i0,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate97.errors : vErrors.concat(validate97.errors);
errors = vErrors.length;
}
}
}
else {
const err2 = {instancePath:instancePath+"/hosts",schemaPath:"#/$defs/AccessTo/properties/hosts/type",keyword:"type",params:{type: "array"},message:"must be array"};
(vErrors ??= []).push(err2);
errors++;
}
}
if(data.headers !== undefined){
if(!(validate99(data.headers, {instancePath:instancePath+"/headers",parentData:data,parentDataProperty:"headers",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate99.errors : vErrors.concat(validate99.errors);
errors = vErrors.length;
}
}
if(data.cookies !== undefined){
if(!(validate109(data.cookies, {instancePath:instancePath+"/cookies",parentData:data,parentDataProperty:"cookies",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate109.errors : vErrors.concat(validate109.errors);
errors = vErrors.length;
}
}
}
else {
const err3 = {instancePath,schemaPath:"#/$defs/AccessTo/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err3);
errors++;
}
validate78.errors = vErrors;
return errors === 0;
}
validate78.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};


function validate77(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate77.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(Array.isArray(data)){
if(data.length < 1){
const err0 = {instancePath,schemaPath:"#/$defs/AccessToList/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
(vErrors ??= []).push(err0);
errors++;
}
const len0 = data.length;
for(let i0=0; i0<len0; i0++){
if(!(validate78(data[i0], {instancePath:instancePath+"/" + i0,parentData:data,parentDataProperty:i0,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate78.errors : vErrors.concat(validate78.errors);
errors = vErrors.length;
}
}
}
else {
const err1 = {instancePath,schemaPath:"#/$defs/AccessToList/type",keyword:"type",params:{type: "array"},message:"must be array"};
(vErrors ??= []).push(err1);
errors++;
}
validate77.errors = vErrors;
return errors === 0;
}
validate77.evaluated = {"items":true,"dynamicProps":false,"dynamicItems":false};

const schema48 = {"type":"array","minItems":1,"items":{"$ref":"definition:/AccessWhen"},"$id":"definition:/AccessWhenList"};
const schema49 = {"type":"object","required":["jwt"],"additionalProperties":false,"properties":{"jwt":{"type":"object","additionalProperties":false,"properties":{"issuer":{"$ref":"definition:/DnsLabel"},"claims":{"$ref":"definition:/Claims"}}}},"$id":"definition:/AccessWhen"};
const schema50 = {"type":"object","minProperties":1,"additionalProperties":{"$ref":"definition:/ClaimCondition"},"$id":"definition:/Claims"};
const schema51 = {"type":["array","object"],"minItems":1,"items":{"type":["string","number","boolean"]},"minProperties":1,"additionalProperties":{"$ref":"definition:/ClaimCondition"},"$id":"definition:/ClaimCondition"};
const wrapper0 = {validate: validate121};

function validate121(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate121.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(!data || typeof data != "object"){
const err0 = {instancePath,schemaPath:"#/$defs/ClaimCondition/type",keyword:"type",params:{type: schema51.type},message:"must be array,object"};
(vErrors ??= []).push(err0);
errors++;
}
if(Array.isArray(data)){
if(data.length < 1){
const err1 = {instancePath,schemaPath:"#/$defs/ClaimCondition/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
(vErrors ??= []).push(err1);
errors++;
}
const len0 = data.length;
for(let i0=0; i0<len0; i0++){
let data0 = data[i0];
if(((typeof data0 !== "string") && (!((typeof data0 == "number") && (isFinite(data0))))) && (typeof data0 !== "boolean")){
const err2 = {instancePath:instancePath+"/" + i0,schemaPath:"#/$defs/ClaimCondition/items/type",keyword:"type",params:{type: schema51.items.type},message:"must be string,number,boolean"};
(vErrors ??= []).push(err2);
errors++;
}
}
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(Object.keys(data).length < 1){
const err3 = {instancePath,schemaPath:"#/$defs/ClaimCondition/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties"};
(vErrors ??= []).push(err3);
errors++;
}
for(const key0 in data){
if(!(wrapper0.validate(data[key0], {instancePath:instancePath+"/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data,parentDataProperty:key0,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? wrapper0.validate.errors : vErrors.concat(wrapper0.validate.errors);
errors = vErrors.length;
}
}
}
validate121.errors = vErrors;
return errors === 0;
}
validate121.evaluated = {"props":true,"items":true,"dynamicProps":false,"dynamicItems":false};


function validate120(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate120.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(Object.keys(data).length < 1){
const err0 = {instancePath,schemaPath:"#/$defs/Claims/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties"};
(vErrors ??= []).push(err0);
errors++;
}
for(const key0 in data){
if(!(validate121(data[key0], {instancePath:instancePath+"/" + key0.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data,parentDataProperty:key0,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate121.errors : vErrors.concat(validate121.errors);
errors = vErrors.length;
}
}
}
else {
const err1 = {instancePath,schemaPath:"#/$defs/Claims/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err1);
errors++;
}
validate120.errors = vErrors;
return errors === 0;
}
validate120.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};


function validate118(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate118.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.jwt === undefined){
const err0 = {instancePath,schemaPath:"#/$defs/AccessWhen/required",keyword:"required",params:{missingProperty: "jwt"},message:"must have required property '"+"jwt"+"'"};
(vErrors ??= []).push(err0);
errors++;
}
for(const key0 in data){
if(!(key0 === "jwt")){
const err1 = {instancePath,schemaPath:"#/$defs/AccessWhen/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
(vErrors ??= []).push(err1);
errors++;
}
}
if(data.jwt !== undefined){
let data0 = data.jwt;
if(data0 && typeof data0 == "object" && !Array.isArray(data0)){
for(const key1 in data0){
if(!((key1 === "issuer") || (key1 === "claims"))){
const err2 = {instancePath:instancePath+"/jwt",schemaPath:"#/$defs/AccessWhen/properties/jwt/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties"};
(vErrors ??= []).push(err2);
errors++;
}
}
if(data0.issuer !== undefined){
if(!(validate54(data0.issuer, {instancePath:instancePath+"/jwt/issuer",parentData:data0,parentDataProperty:"issuer",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate54.errors : vErrors.concat(validate54.errors);
errors = vErrors.length;
}
}
if(data0.claims !== undefined){
if(!(validate120(data0.claims, {instancePath:instancePath+"/jwt/claims",parentData:data0,parentDataProperty:"claims",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate120.errors : vErrors.concat(validate120.errors);
errors = vErrors.length;
}
}
}
else {
const err3 = {instancePath:instancePath+"/jwt",schemaPath:"#/$defs/AccessWhen/properties/jwt/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err3);
errors++;
}
}
}
else {
const err4 = {instancePath,schemaPath:"#/$defs/AccessWhen/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err4);
errors++;
}
validate118.errors = vErrors;
return errors === 0;
}
validate118.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};


function validate117(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate117.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(Array.isArray(data)){
if(data.length < 1){
const err0 = {instancePath,schemaPath:"#/$defs/AccessWhenList/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
(vErrors ??= []).push(err0);
errors++;
}
const len0 = data.length;
for(let i0=0; i0<len0; i0++){
if(!(validate118(data[i0], {instancePath:instancePath+"/" + i0,parentData:data,parentDataProperty:i0,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate118.errors : vErrors.concat(validate118.errors);
errors = vErrors.length;
}
}
}
else {
const err1 = {instancePath,schemaPath:"#/$defs/AccessWhenList/type",keyword:"type",params:{type: "array"},message:"must be array"};
(vErrors ??= []).push(err1);
errors++;
}
validate117.errors = vErrors;
return errors === 0;
}
validate117.evaluated = {"items":true,"dynamicProps":false,"dynamicItems":false};

const schema52 = {"type":"array","minItems":1,"items":{"$ref":"definition:/AccessException"},"$id":"definition:/AccessExceptionList"};
const schema53 = {"type":"object","minProperties":1,"additionalProperties":false,"properties":{"from":{"$ref":"definition:/PrincipalList"},"to":{"$ref":"definition:/AccessToList"}},"$id":"definition:/AccessException"};

function validate127(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate127.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(Object.keys(data).length < 1){
const err0 = {instancePath,schemaPath:"#/$defs/AccessException/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties"};
(vErrors ??= []).push(err0);
errors++;
}
for(const key0 in data){
if(!((key0 === "from") || (key0 === "to"))){
const err1 = {instancePath,schemaPath:"#/$defs/AccessException/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
(vErrors ??= []).push(err1);
errors++;
}
}
if(data.from !== undefined){
if(!(validate65(data.from, {instancePath:instancePath+"/from",parentData:data,parentDataProperty:"from",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate65.errors : vErrors.concat(validate65.errors);
errors = vErrors.length;
}
}
if(data.to !== undefined){
if(!(validate77(data.to, {instancePath:instancePath+"/to",parentData:data,parentDataProperty:"to",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate77.errors : vErrors.concat(validate77.errors);
errors = vErrors.length;
}
}
}
else {
const err2 = {instancePath,schemaPath:"#/$defs/AccessException/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err2);
errors++;
}
validate127.errors = vErrors;
return errors === 0;
}
validate127.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};


function validate126(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate126.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(Array.isArray(data)){
if(data.length < 1){
const err0 = {instancePath,schemaPath:"#/$defs/AccessExceptionList/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
(vErrors ??= []).push(err0);
errors++;
}
const len0 = data.length;
for(let i0=0; i0<len0; i0++){
if(!(validate127(data[i0], {instancePath:instancePath+"/" + i0,parentData:data,parentDataProperty:i0,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate127.errors : vErrors.concat(validate127.errors);
errors = vErrors.length;
}
}
}
else {
const err1 = {instancePath,schemaPath:"#/$defs/AccessExceptionList/type",keyword:"type",params:{type: "array"},message:"must be array"};
(vErrors ??= []).push(err1);
errors++;
}
validate126.errors = vErrors;
return errors === 0;
}
validate126.evaluated = {"items":true,"dynamicProps":false,"dynamicItems":false};


function validate64(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate64.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(Object.keys(data).length > 1){
const err0 = {instancePath,schemaPath:"#/$defs/AccessRule/maxProperties",keyword:"maxProperties",params:{limit: 1},message:"must NOT have more than 1 properties"};
(vErrors ??= []).push(err0);
errors++;
}
if(Object.keys(data).length < 1){
const err1 = {instancePath,schemaPath:"#/$defs/AccessRule/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties"};
(vErrors ??= []).push(err1);
errors++;
}
for(const key0 in data){
if(!((key0 === "allow") || (key0 === "deny"))){
const err2 = {instancePath,schemaPath:"#/$defs/AccessRule/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
(vErrors ??= []).push(err2);
errors++;
}
}
if(data.allow !== undefined){
let data0 = data.allow;
if(data0 && typeof data0 == "object" && !Array.isArray(data0)){
if(data0.from === undefined){
const err3 = {instancePath:instancePath+"/allow",schemaPath:"#/$defs/AccessRule/properties/allow/required",keyword:"required",params:{missingProperty: "from"},message:"must have required property '"+"from"+"'"};
(vErrors ??= []).push(err3);
errors++;
}
for(const key1 in data0){
if(!((((key1 === "from") || (key1 === "to")) || (key1 === "when")) || (key1 === "except"))){
const err4 = {instancePath:instancePath+"/allow",schemaPath:"#/$defs/AccessRule/properties/allow/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties"};
(vErrors ??= []).push(err4);
errors++;
}
}
if(data0.from !== undefined){
if(!(validate65(data0.from, {instancePath:instancePath+"/allow/from",parentData:data0,parentDataProperty:"from",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate65.errors : vErrors.concat(validate65.errors);
errors = vErrors.length;
}
}
if(data0.to !== undefined){
if(!(validate77(data0.to, {instancePath:instancePath+"/allow/to",parentData:data0,parentDataProperty:"to",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate77.errors : vErrors.concat(validate77.errors);
errors = vErrors.length;
}
}
if(data0.when !== undefined){
if(!(validate117(data0.when, {instancePath:instancePath+"/allow/when",parentData:data0,parentDataProperty:"when",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate117.errors : vErrors.concat(validate117.errors);
errors = vErrors.length;
}
}
if(data0.except !== undefined){
if(!(validate126(data0.except, {instancePath:instancePath+"/allow/except",parentData:data0,parentDataProperty:"except",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate126.errors : vErrors.concat(validate126.errors);
errors = vErrors.length;
}
}
}
else {
const err5 = {instancePath:instancePath+"/allow",schemaPath:"#/$defs/AccessRule/properties/allow/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err5);
errors++;
}
}
if(data.deny !== undefined){
let data5 = data.deny;
if(data5 && typeof data5 == "object" && !Array.isArray(data5)){
for(const key2 in data5){
if(!((((key2 === "from") || (key2 === "to")) || (key2 === "when")) || (key2 === "except"))){
const err6 = {instancePath:instancePath+"/deny",schemaPath:"#/$defs/AccessRule/properties/deny/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key2},message:"must NOT have additional properties"};
(vErrors ??= []).push(err6);
errors++;
}
}
if(data5.from !== undefined){
if(!(validate65(data5.from, {instancePath:instancePath+"/deny/from",parentData:data5,parentDataProperty:"from",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate65.errors : vErrors.concat(validate65.errors);
errors = vErrors.length;
}
}
if(data5.to !== undefined){
if(!(validate77(data5.to, {instancePath:instancePath+"/deny/to",parentData:data5,parentDataProperty:"to",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate77.errors : vErrors.concat(validate77.errors);
errors = vErrors.length;
}
}
if(data5.when !== undefined){
if(!(validate117(data5.when, {instancePath:instancePath+"/deny/when",parentData:data5,parentDataProperty:"when",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate117.errors : vErrors.concat(validate117.errors);
errors = vErrors.length;
}
}
if(data5.except !== undefined){
if(!(validate126(data5.except, {instancePath:instancePath+"/deny/except",parentData:data5,parentDataProperty:"except",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate126.errors : vErrors.concat(validate126.errors);
errors = vErrors.length;
}
}
}
else {
const err7 = {instancePath:instancePath+"/deny",schemaPath:"#/$defs/AccessRule/properties/deny/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err7);
errors++;
}
}
}
else {
const err8 = {instancePath,schemaPath:"#/$defs/AccessRule/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err8);
errors++;
}
validate64.errors = vErrors;
return errors === 0;
}
validate64.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const pattern7 = new RegExp("^(?:\\*|(?:[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?/)?[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?)$", "u");

function validate52(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate52.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.apiVersion === undefined){
const err0 = {instancePath,schemaPath:"#/$defs/AccessDocument/required",keyword:"required",params:{missingProperty: "apiVersion"},message:"must have required property '"+"apiVersion"+"'"};
(vErrors ??= []).push(err0);
errors++;
}
if(data.kind === undefined){
const err1 = {instancePath,schemaPath:"#/$defs/AccessDocument/required",keyword:"required",params:{missingProperty: "kind"},message:"must have required property '"+"kind"+"'"};
(vErrors ??= []).push(err1);
errors++;
}
if(data.metadata === undefined){
const err2 = {instancePath,schemaPath:"#/$defs/AccessDocument/required",keyword:"required",params:{missingProperty: "metadata"},message:"must have required property '"+"metadata"+"'"};
(vErrors ??= []).push(err2);
errors++;
}
if(data.spec === undefined){
const err3 = {instancePath,schemaPath:"#/$defs/AccessDocument/required",keyword:"required",params:{missingProperty: "spec"},message:"must have required property '"+"spec"+"'"};
(vErrors ??= []).push(err3);
errors++;
}
for(const key0 in data){
if(!((((key0 === "apiVersion") || (key0 === "kind")) || (key0 === "metadata")) || (key0 === "spec"))){
const err4 = {instancePath,schemaPath:"#/$defs/AccessDocument/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
(vErrors ??= []).push(err4);
errors++;
}
}
if(data.apiVersion !== undefined){
let data0 = data.apiVersion;
if(typeof data0 !== "string"){
const err5 = {instancePath:instancePath+"/apiVersion",schemaPath:"#/$defs/AccessDocument/properties/apiVersion/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err5);
errors++;
}
if("mesh/v1" !== data0){
const err6 = {instancePath:instancePath+"/apiVersion",schemaPath:"#/$defs/AccessDocument/properties/apiVersion/const",keyword:"const",params:{allowedValue: "mesh/v1"},message:"must be equal to constant"};
(vErrors ??= []).push(err6);
errors++;
}
}
if(data.kind !== undefined){
let data1 = data.kind;
if(typeof data1 !== "string"){
const err7 = {instancePath:instancePath+"/kind",schemaPath:"#/$defs/AccessDocument/properties/kind/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err7);
errors++;
}
if("Access" !== data1){
const err8 = {instancePath:instancePath+"/kind",schemaPath:"#/$defs/AccessDocument/properties/kind/const",keyword:"const",params:{allowedValue: "Access"},message:"must be equal to constant"};
(vErrors ??= []).push(err8);
errors++;
}
}
if(data.metadata !== undefined){
if(!(validate53(data.metadata, {instancePath:instancePath+"/metadata",parentData:data,parentDataProperty:"metadata",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate53.errors : vErrors.concat(validate53.errors);
errors = vErrors.length;
}
}
if(data.spec !== undefined){
let data3 = data.spec;
const _errs9 = errors;
let valid1 = true;
const _errs10 = errors;
if(data3 && typeof data3 == "object" && !Array.isArray(data3)){
if(data3.gateway !== undefined){
const err9 = {};
(vErrors ??= []).push(err9);
errors++;
}
}
var _valid0 = _errs10 === errors;
errors = _errs9;
if(vErrors !== null){
if(_errs9){
vErrors.length = _errs9;
}
else {
vErrors = null;
}
}
if(_valid0){
const _errs11 = errors;
if(data3 && typeof data3 == "object" && !Array.isArray(data3)){
if(data3.service === undefined){
const err10 = {instancePath:instancePath+"/spec",schemaPath:"#/$defs/AccessDocument/properties/spec/then/required",keyword:"required",params:{missingProperty: "service"},message:"must have required property '"+"service"+"'"};
(vErrors ??= []).push(err10);
errors++;
}
}
var _valid0 = _errs11 === errors;
valid1 = _valid0;
if(valid1){
var props0 = {};
props0.service = true;
props0.gateway = true;
}
}
if(!valid1){
const err11 = {instancePath:instancePath+"/spec",schemaPath:"#/$defs/AccessDocument/properties/spec/if",keyword:"if",params:{failingKeyword: "then"},message:"must match \"then\" schema"};
(vErrors ??= []).push(err11);
errors++;
}
if(data3 && typeof data3 == "object" && !Array.isArray(data3)){
for(const key1 in data3){
if(!(((key1 === "service") || (key1 === "gateway")) || (key1 === "rules"))){
const err12 = {instancePath:instancePath+"/spec",schemaPath:"#/$defs/AccessDocument/properties/spec/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties"};
(vErrors ??= []).push(err12);
errors++;
}
}
if(data3.service !== undefined){
let data5 = data3.service;
if(typeof data5 === "string"){
if(!pattern7.test(data5)){
const err13 = {instancePath:instancePath+"/spec/service",schemaPath:"#/$defs/AccessDocument/properties/spec/properties/service/pattern",keyword:"pattern",params:{pattern: "^(?:\\*|(?:[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?/)?[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?)$"},message:"must match pattern \""+"^(?:\\*|(?:[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?/)?[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?)$"+"\""};
(vErrors ??= []).push(err13);
errors++;
}
}
else {
const err14 = {instancePath:instancePath+"/spec/service",schemaPath:"#/$defs/AccessDocument/properties/spec/properties/service/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err14);
errors++;
}
}
if(data3.gateway !== undefined){
if(!(validate62(data3.gateway, {instancePath:instancePath+"/spec/gateway",parentData:data3,parentDataProperty:"gateway",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate62.errors : vErrors.concat(validate62.errors);
errors = vErrors.length;
}
}
if(data3.rules !== undefined){
let data7 = data3.rules;
if(Array.isArray(data7)){
const len0 = data7.length;
for(let i0=0; i0<len0; i0++){
if(!(validate64(data7[i0], {instancePath:instancePath+"/spec/rules/" + i0,parentData:data7,parentDataProperty:i0,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate64.errors : vErrors.concat(validate64.errors);
errors = vErrors.length;
}
}
}
else {
const err15 = {instancePath:instancePath+"/spec/rules",schemaPath:"#/$defs/AccessDocument/properties/spec/properties/rules/type",keyword:"type",params:{type: "array"},message:"must be array"};
(vErrors ??= []).push(err15);
errors++;
}
}
}
else {
const err16 = {instancePath:instancePath+"/spec",schemaPath:"#/$defs/AccessDocument/properties/spec/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err16);
errors++;
}
}
}
else {
const err17 = {instancePath,schemaPath:"#/$defs/AccessDocument/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err17);
errors++;
}
validate52.errors = vErrors;
return errors === 0;
}
validate52.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const isAuthentication = validate137;
const schema54 = {"type":"object","required":["apiVersion","kind","metadata","spec"],"additionalProperties":false,"properties":{"apiVersion":{"type":"string","const":"mesh/v1"},"kind":{"type":"string","const":"Authentication"},"metadata":{"$ref":"definition:/Metadata"},"spec":{"type":"object","additionalProperties":false,"properties":{"services":{"type":"array","minItems":1,"items":{"$ref":"definition:/ServiceReference"}},"gateways":{"type":"array","minItems":1,"items":{"$ref":"definition:/GatewayReference"}},"issuers":{"type":"object","propertyNames":{"$ref":"definition:/DnsLabel"},"additionalProperties":{"$ref":"definition:/Issuer"}},"required":{"type":"boolean"},"externalAuthorization":{"$ref":"definition:/ExternalAuthorization"}}}},"$id":"definition:/AuthenticationDocument"};
const schema55 = {"type":"object","required":["issuer","jwks"],"additionalProperties":false,"properties":{"issuer":{"type":"string","minLength":1,"maxLength":2048},"audiences":{"type":"array","minItems":1,"items":{"type":"string","minLength":1,"maxLength":2048}},"jwks":{"$ref":"definition:/Jwks"},"from":{"type":"array","minItems":1,"items":{"$ref":"definition:/TokenLocation"}},"forward":{"type":"boolean"},"claimHeaders":{"type":"object","propertyNames":{"$ref":"definition:/HeaderName"},"additionalProperties":{"type":"string","minLength":1,"maxLength":512}}},"$id":"definition:/Issuer"};
const schema56 = {"type":"object","minProperties":1,"maxProperties":1,"additionalProperties":false,"properties":{"inline":{"type":["string","object"],"minLength":1,"additionalProperties":true},"uri":{"$ref":"definition:/Url"}},"$id":"definition:/Jwks"};
const schema57 = {"type":"string","maxLength":2048,"pattern":"^https?://(?:[A-Za-z0-9](?:[-_A-Za-z0-9]*[A-Za-z0-9])?(?:\\.[A-Za-z0-9](?:[-_A-Za-z0-9]*[A-Za-z0-9])?)*|\\[(?:[0-9A-Fa-f]{0,4}:){2,7}(?:[0-9A-Fa-f]{1,4}|(?:[0-9]{1,3}\\.){3}[0-9]{1,3})?\\])(?::(?:[1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5]))?(?:[/?#][^\\s\\u0000-\\u0020\\u007f]*)?$","$id":"definition:/Url"};
const pattern19 = new RegExp("^https?://(?:[A-Za-z0-9](?:[-_A-Za-z0-9]*[A-Za-z0-9])?(?:\\.[A-Za-z0-9](?:[-_A-Za-z0-9]*[A-Za-z0-9])?)*|\\[(?:[0-9A-Fa-f]{0,4}:){2,7}(?:[0-9A-Fa-f]{1,4}|(?:[0-9]{1,3}\\.){3}[0-9]{1,3})?\\])(?::(?:[1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5]))?(?:[/?#][^\\s\\u0000-\\u0020\\u007f]*)?$", "u");

function validate144(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate144.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(typeof data === "string"){
if(func1(data) > 2048){
const err0 = {instancePath,schemaPath:"#/$defs/Url/maxLength",keyword:"maxLength",params:{limit: 2048},message:"must NOT have more than 2048 characters"};
(vErrors ??= []).push(err0);
errors++;
}
if(!pattern19.test(data)){
const err1 = {instancePath,schemaPath:"#/$defs/Url/pattern",keyword:"pattern",params:{pattern: "^https?://(?:[A-Za-z0-9](?:[-_A-Za-z0-9]*[A-Za-z0-9])?(?:\\.[A-Za-z0-9](?:[-_A-Za-z0-9]*[A-Za-z0-9])?)*|\\[(?:[0-9A-Fa-f]{0,4}:){2,7}(?:[0-9A-Fa-f]{1,4}|(?:[0-9]{1,3}\\.){3}[0-9]{1,3})?\\])(?::(?:[1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5]))?(?:[/?#][^\\s\\u0000-\\u0020\\u007f]*)?$"},message:"must match pattern \""+"^https?://(?:[A-Za-z0-9](?:[-_A-Za-z0-9]*[A-Za-z0-9])?(?:\\.[A-Za-z0-9](?:[-_A-Za-z0-9]*[A-Za-z0-9])?)*|\\[(?:[0-9A-Fa-f]{0,4}:){2,7}(?:[0-9A-Fa-f]{1,4}|(?:[0-9]{1,3}\\.){3}[0-9]{1,3})?\\])(?::(?:[1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5]))?(?:[/?#][^\\s\\u0000-\\u0020\\u007f]*)?$"+"\""};
(vErrors ??= []).push(err1);
errors++;
}
}
else {
const err2 = {instancePath,schemaPath:"#/$defs/Url/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err2);
errors++;
}
validate144.errors = vErrors;
return errors === 0;
}
validate144.evaluated = {"dynamicProps":false,"dynamicItems":false};


function validate143(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate143.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(Object.keys(data).length > 1){
const err0 = {instancePath,schemaPath:"#/$defs/Jwks/maxProperties",keyword:"maxProperties",params:{limit: 1},message:"must NOT have more than 1 properties"};
(vErrors ??= []).push(err0);
errors++;
}
if(Object.keys(data).length < 1){
const err1 = {instancePath,schemaPath:"#/$defs/Jwks/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties"};
(vErrors ??= []).push(err1);
errors++;
}
for(const key0 in data){
if(!((key0 === "inline") || (key0 === "uri"))){
const err2 = {instancePath,schemaPath:"#/$defs/Jwks/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
(vErrors ??= []).push(err2);
errors++;
}
}
if(data.inline !== undefined){
let data0 = data.inline;
if((typeof data0 !== "string") && (!(data0 && typeof data0 == "object" && !Array.isArray(data0)))){
const err3 = {instancePath:instancePath+"/inline",schemaPath:"#/$defs/Jwks/properties/inline/type",keyword:"type",params:{type: schema56.properties.inline.type},message:"must be string,object"};
(vErrors ??= []).push(err3);
errors++;
}
if(typeof data0 === "string"){
if(func1(data0) < 1){
const err4 = {instancePath:instancePath+"/inline",schemaPath:"#/$defs/Jwks/properties/inline/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
(vErrors ??= []).push(err4);
errors++;
}
}
}
if(data.uri !== undefined){
if(!(validate144(data.uri, {instancePath:instancePath+"/uri",parentData:data,parentDataProperty:"uri",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate144.errors : vErrors.concat(validate144.errors);
errors = vErrors.length;
}
}
}
else {
const err5 = {instancePath,schemaPath:"#/$defs/Jwks/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err5);
errors++;
}
validate143.errors = vErrors;
return errors === 0;
}
validate143.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema58 = {"type":"object","minProperties":1,"maxProperties":2,"dependentRequired":{"prefix":["header"]},"dependentSchemas":{"query":{"maxProperties":1},"cookie":{"maxProperties":1}},"additionalProperties":false,"properties":{"header":{"$ref":"definition:/HeaderName"},"prefix":{"type":"string","minLength":1,"maxLength":128},"query":{"type":"string","minLength":1,"maxLength":1024},"cookie":{"type":"string","maxLength":256,"pattern":"^[!#$%&'*+.^_`|~0-9A-Za-z-]+$"}},"$id":"definition:/TokenLocation"};

function validate147(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate147.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(Object.keys(data).length > 2){
const err0 = {instancePath,schemaPath:"#/$defs/TokenLocation/maxProperties",keyword:"maxProperties",params:{limit: 2},message:"must NOT have more than 2 properties"};
(vErrors ??= []).push(err0);
errors++;
}
if(Object.keys(data).length < 1){
const err1 = {instancePath,schemaPath:"#/$defs/TokenLocation/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties"};
(vErrors ??= []).push(err1);
errors++;
}
for(const key0 in data){
if(!((((key0 === "header") || (key0 === "prefix")) || (key0 === "query")) || (key0 === "cookie"))){
const err2 = {instancePath,schemaPath:"#/$defs/TokenLocation/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
(vErrors ??= []).push(err2);
errors++;
}
}
if(data.header !== undefined){
if(!(validate100(data.header, {instancePath:instancePath+"/header",parentData:data,parentDataProperty:"header",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate100.errors : vErrors.concat(validate100.errors);
errors = vErrors.length;
}
}
if(data.prefix !== undefined){
let data1 = data.prefix;
if(typeof data1 === "string"){
if(func1(data1) > 128){
const err3 = {instancePath:instancePath+"/prefix",schemaPath:"#/$defs/TokenLocation/properties/prefix/maxLength",keyword:"maxLength",params:{limit: 128},message:"must NOT have more than 128 characters"};
(vErrors ??= []).push(err3);
errors++;
}
if(func1(data1) < 1){
const err4 = {instancePath:instancePath+"/prefix",schemaPath:"#/$defs/TokenLocation/properties/prefix/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
(vErrors ??= []).push(err4);
errors++;
}
}
else {
const err5 = {instancePath:instancePath+"/prefix",schemaPath:"#/$defs/TokenLocation/properties/prefix/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err5);
errors++;
}
}
if(data.query !== undefined){
let data2 = data.query;
if(typeof data2 === "string"){
if(func1(data2) > 1024){
const err6 = {instancePath:instancePath+"/query",schemaPath:"#/$defs/TokenLocation/properties/query/maxLength",keyword:"maxLength",params:{limit: 1024},message:"must NOT have more than 1024 characters"};
(vErrors ??= []).push(err6);
errors++;
}
if(func1(data2) < 1){
const err7 = {instancePath:instancePath+"/query",schemaPath:"#/$defs/TokenLocation/properties/query/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
(vErrors ??= []).push(err7);
errors++;
}
}
else {
const err8 = {instancePath:instancePath+"/query",schemaPath:"#/$defs/TokenLocation/properties/query/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err8);
errors++;
}
}
if(data.cookie !== undefined){
let data3 = data.cookie;
if(typeof data3 === "string"){
if(func1(data3) > 256){
const err9 = {instancePath:instancePath+"/cookie",schemaPath:"#/$defs/TokenLocation/properties/cookie/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"};
(vErrors ??= []).push(err9);
errors++;
}
if(!pattern14.test(data3)){
const err10 = {instancePath:instancePath+"/cookie",schemaPath:"#/$defs/TokenLocation/properties/cookie/pattern",keyword:"pattern",params:{pattern: "^[!#$%&'*+.^_`|~0-9A-Za-z-]+$"},message:"must match pattern \""+"^[!#$%&'*+.^_`|~0-9A-Za-z-]+$"+"\""};
(vErrors ??= []).push(err10);
errors++;
}
}
else {
const err11 = {instancePath:instancePath+"/cookie",schemaPath:"#/$defs/TokenLocation/properties/cookie/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err11);
errors++;
}
}
if(data.prefix !== undefined){
if(data.header === undefined){
const err12 = {instancePath,schemaPath:"#/$defs/TokenLocation/dependentRequired",keyword:"dependentRequired",params:{property: "prefix",
    missingProperty: "header",
    depsCount: 1,
    deps: "header"},message:"must have property header when property prefix is present"};
(vErrors ??= []).push(err12);
errors++;
}
}
if(data.query !== undefined){
if(data && typeof data == "object" && !Array.isArray(data)){
if(Object.keys(data).length > 1){
const err13 = {instancePath,schemaPath:"#/$defs/TokenLocation/dependentSchemas/query/maxProperties",keyword:"maxProperties",params:{limit: 1},message:"must NOT have more than 1 properties"};
(vErrors ??= []).push(err13);
errors++;
}
}
}
if(data.cookie !== undefined){
if(data && typeof data == "object" && !Array.isArray(data)){
if(Object.keys(data).length > 1){
const err14 = {instancePath,schemaPath:"#/$defs/TokenLocation/dependentSchemas/cookie/maxProperties",keyword:"maxProperties",params:{limit: 1},message:"must NOT have more than 1 properties"};
(vErrors ??= []).push(err14);
errors++;
}
}
}
}
else {
const err15 = {instancePath,schemaPath:"#/$defs/TokenLocation/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err15);
errors++;
}
validate147.errors = vErrors;
return errors === 0;
}
validate147.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};


function validate142(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate142.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.issuer === undefined){
const err0 = {instancePath,schemaPath:"#/$defs/Issuer/required",keyword:"required",params:{missingProperty: "issuer"},message:"must have required property '"+"issuer"+"'"};
(vErrors ??= []).push(err0);
errors++;
}
if(data.jwks === undefined){
const err1 = {instancePath,schemaPath:"#/$defs/Issuer/required",keyword:"required",params:{missingProperty: "jwks"},message:"must have required property '"+"jwks"+"'"};
(vErrors ??= []).push(err1);
errors++;
}
for(const key0 in data){
if(!((((((key0 === "issuer") || (key0 === "audiences")) || (key0 === "jwks")) || (key0 === "from")) || (key0 === "forward")) || (key0 === "claimHeaders"))){
const err2 = {instancePath,schemaPath:"#/$defs/Issuer/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
(vErrors ??= []).push(err2);
errors++;
}
}
if(data.issuer !== undefined){
let data0 = data.issuer;
if(typeof data0 === "string"){
if(func1(data0) > 2048){
const err3 = {instancePath:instancePath+"/issuer",schemaPath:"#/$defs/Issuer/properties/issuer/maxLength",keyword:"maxLength",params:{limit: 2048},message:"must NOT have more than 2048 characters"};
(vErrors ??= []).push(err3);
errors++;
}
if(func1(data0) < 1){
const err4 = {instancePath:instancePath+"/issuer",schemaPath:"#/$defs/Issuer/properties/issuer/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
(vErrors ??= []).push(err4);
errors++;
}
}
else {
const err5 = {instancePath:instancePath+"/issuer",schemaPath:"#/$defs/Issuer/properties/issuer/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err5);
errors++;
}
}
if(data.audiences !== undefined){
let data1 = data.audiences;
if(Array.isArray(data1)){
if(data1.length < 1){
const err6 = {instancePath:instancePath+"/audiences",schemaPath:"#/$defs/Issuer/properties/audiences/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
(vErrors ??= []).push(err6);
errors++;
}
const len0 = data1.length;
for(let i0=0; i0<len0; i0++){
let data2 = data1[i0];
if(typeof data2 === "string"){
if(func1(data2) > 2048){
const err7 = {instancePath:instancePath+"/audiences/" + i0,schemaPath:"#/$defs/Issuer/properties/audiences/items/maxLength",keyword:"maxLength",params:{limit: 2048},message:"must NOT have more than 2048 characters"};
(vErrors ??= []).push(err7);
errors++;
}
if(func1(data2) < 1){
const err8 = {instancePath:instancePath+"/audiences/" + i0,schemaPath:"#/$defs/Issuer/properties/audiences/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
(vErrors ??= []).push(err8);
errors++;
}
}
else {
const err9 = {instancePath:instancePath+"/audiences/" + i0,schemaPath:"#/$defs/Issuer/properties/audiences/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err9);
errors++;
}
}
}
else {
const err10 = {instancePath:instancePath+"/audiences",schemaPath:"#/$defs/Issuer/properties/audiences/type",keyword:"type",params:{type: "array"},message:"must be array"};
(vErrors ??= []).push(err10);
errors++;
}
}
if(data.jwks !== undefined){
if(!(validate143(data.jwks, {instancePath:instancePath+"/jwks",parentData:data,parentDataProperty:"jwks",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate143.errors : vErrors.concat(validate143.errors);
errors = vErrors.length;
}
}
if(data.from !== undefined){
let data4 = data.from;
if(Array.isArray(data4)){
if(data4.length < 1){
const err11 = {instancePath:instancePath+"/from",schemaPath:"#/$defs/Issuer/properties/from/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
(vErrors ??= []).push(err11);
errors++;
}
const len1 = data4.length;
for(let i1=0; i1<len1; i1++){
if(!(validate147(data4[i1], {instancePath:instancePath+"/from/" + i1,parentData:data4,parentDataProperty:i1,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate147.errors : vErrors.concat(validate147.errors);
errors = vErrors.length;
}
}
}
else {
const err12 = {instancePath:instancePath+"/from",schemaPath:"#/$defs/Issuer/properties/from/type",keyword:"type",params:{type: "array"},message:"must be array"};
(vErrors ??= []).push(err12);
errors++;
}
}
if(data.forward !== undefined){
if(typeof data.forward !== "boolean"){
const err13 = {instancePath:instancePath+"/forward",schemaPath:"#/$defs/Issuer/properties/forward/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
(vErrors ??= []).push(err13);
errors++;
}
}
if(data.claimHeaders !== undefined){
let data7 = data.claimHeaders;
if(data7 && typeof data7 == "object" && !Array.isArray(data7)){
for(const key1 in data7){
const _errs16 = errors;
if(!(validate100(key1, {instancePath:instancePath+"/claimHeaders",parentData:data7,parentDataProperty:"claimHeaders",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate100.errors : vErrors.concat(validate100.errors);
errors = vErrors.length;
}
var valid5 = _errs16 === errors;
if(!valid5){
const err14 = {instancePath:instancePath+"/claimHeaders",schemaPath:"#/$defs/Issuer/properties/claimHeaders/propertyNames",keyword:"propertyNames",params:{propertyName: key1},message:"property name must be valid"};
(vErrors ??= []).push(err14);
errors++;
}
}
for(const key2 in data7){
let data8 = data7[key2];
if(typeof data8 === "string"){
if(func1(data8) > 512){
const err15 = {instancePath:instancePath+"/claimHeaders/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/$defs/Issuer/properties/claimHeaders/additionalProperties/maxLength",keyword:"maxLength",params:{limit: 512},message:"must NOT have more than 512 characters"};
(vErrors ??= []).push(err15);
errors++;
}
if(func1(data8) < 1){
const err16 = {instancePath:instancePath+"/claimHeaders/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/$defs/Issuer/properties/claimHeaders/additionalProperties/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
(vErrors ??= []).push(err16);
errors++;
}
}
else {
const err17 = {instancePath:instancePath+"/claimHeaders/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/$defs/Issuer/properties/claimHeaders/additionalProperties/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err17);
errors++;
}
}
}
else {
const err18 = {instancePath:instancePath+"/claimHeaders",schemaPath:"#/$defs/Issuer/properties/claimHeaders/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err18);
errors++;
}
}
}
else {
const err19 = {instancePath,schemaPath:"#/$defs/Issuer/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err19);
errors++;
}
validate142.errors = vErrors;
return errors === 0;
}
validate142.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema59 = {"type":"object","required":["service"],"additionalProperties":false,"properties":{"service":{"$ref":"definition:/ServiceReference"},"port":{"$ref":"definition:/PortName"},"protocol":{"type":"string","enum":["grpc","http"]},"timeout":{"$ref":"definition:/Duration"},"onError":{"type":"string","enum":["deny","allow"]},"includeHeaders":{"type":"array","minItems":1,"items":{"$ref":"definition:/HeaderName"}},"maxBody":{"$ref":"definition:/Size"},"to":{"$ref":"definition:/AccessToList"},"except":{"$ref":"definition:/AccessExceptionList"}},"$id":"definition:/ExternalAuthorization"};
const func40 = Object.prototype.hasOwnProperty;
const schema60 = {"type":"string","pattern":"^(?:[0-9]{1,5}(?:\\.[0-9]{1,9})?(?:d|h|m|s|ms)){1,5}$","$id":"definition:/Duration"};
const pattern21 = new RegExp("^(?:[0-9]{1,5}(?:\\.[0-9]{1,9})?(?:d|h|m|s|ms)){1,5}$", "u");

function validate155(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate155.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(typeof data === "string"){
if(!pattern21.test(data)){
const err0 = {instancePath,schemaPath:"#/$defs/Duration/pattern",keyword:"pattern",params:{pattern: "^(?:[0-9]{1,5}(?:\\.[0-9]{1,9})?(?:d|h|m|s|ms)){1,5}$"},message:"must match pattern \""+"^(?:[0-9]{1,5}(?:\\.[0-9]{1,9})?(?:d|h|m|s|ms)){1,5}$"+"\""};
(vErrors ??= []).push(err0);
errors++;
}
}
else {
const err1 = {instancePath,schemaPath:"#/$defs/Duration/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err1);
errors++;
}
validate155.errors = vErrors;
return errors === 0;
}
validate155.evaluated = {"dynamicProps":false,"dynamicItems":false};

const schema61 = {"type":"string","pattern":"^[0-9]{1,9}(?:B|KiB|MiB|GiB)$","$id":"definition:/Size"};
const pattern22 = new RegExp("^[0-9]{1,9}(?:B|KiB|MiB|GiB)$", "u");

function validate158(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate158.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(typeof data === "string"){
if(!pattern22.test(data)){
const err0 = {instancePath,schemaPath:"#/$defs/Size/pattern",keyword:"pattern",params:{pattern: "^[0-9]{1,9}(?:B|KiB|MiB|GiB)$"},message:"must match pattern \""+"^[0-9]{1,9}(?:B|KiB|MiB|GiB)$"+"\""};
(vErrors ??= []).push(err0);
errors++;
}
}
else {
const err1 = {instancePath,schemaPath:"#/$defs/Size/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err1);
errors++;
}
validate158.errors = vErrors;
return errors === 0;
}
validate158.evaluated = {"dynamicProps":false,"dynamicItems":false};


function validate152(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate152.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.service === undefined){
const err0 = {instancePath,schemaPath:"#/$defs/ExternalAuthorization/required",keyword:"required",params:{missingProperty: "service"},message:"must have required property '"+"service"+"'"};
(vErrors ??= []).push(err0);
errors++;
}
for(const key0 in data){
if(!(func40.call(schema59.properties, key0))){
const err1 = {instancePath,schemaPath:"#/$defs/ExternalAuthorization/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
(vErrors ??= []).push(err1);
errors++;
}
}
if(data.service !== undefined){
if(!(validate67(data.service, {instancePath:instancePath+"/service",parentData:data,parentDataProperty:"service",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate67.errors : vErrors.concat(validate67.errors);
errors = vErrors.length;
}
}
if(data.port !== undefined){
if(!(validate80(data.port, {instancePath:instancePath+"/port",parentData:data,parentDataProperty:"port",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate80.errors : vErrors.concat(validate80.errors);
errors = vErrors.length;
}
}
if(data.protocol !== undefined){
let data2 = data.protocol;
if(typeof data2 !== "string"){
const err2 = {instancePath:instancePath+"/protocol",schemaPath:"#/$defs/ExternalAuthorization/properties/protocol/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err2);
errors++;
}
if(!((data2 === "grpc") || (data2 === "http"))){
const err3 = {instancePath:instancePath+"/protocol",schemaPath:"#/$defs/ExternalAuthorization/properties/protocol/enum",keyword:"enum",params:{allowedValues: schema59.properties.protocol.enum},message:"must be equal to one of the allowed values"};
(vErrors ??= []).push(err3);
errors++;
}
}
if(data.timeout !== undefined){
if(!(validate155(data.timeout, {instancePath:instancePath+"/timeout",parentData:data,parentDataProperty:"timeout",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate155.errors : vErrors.concat(validate155.errors);
errors = vErrors.length;
}
}
if(data.onError !== undefined){
let data4 = data.onError;
if(typeof data4 !== "string"){
const err4 = {instancePath:instancePath+"/onError",schemaPath:"#/$defs/ExternalAuthorization/properties/onError/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err4);
errors++;
}
if(!((data4 === "deny") || (data4 === "allow"))){
const err5 = {instancePath:instancePath+"/onError",schemaPath:"#/$defs/ExternalAuthorization/properties/onError/enum",keyword:"enum",params:{allowedValues: schema59.properties.onError.enum},message:"must be equal to one of the allowed values"};
(vErrors ??= []).push(err5);
errors++;
}
}
if(data.includeHeaders !== undefined){
let data5 = data.includeHeaders;
if(Array.isArray(data5)){
if(data5.length < 1){
const err6 = {instancePath:instancePath+"/includeHeaders",schemaPath:"#/$defs/ExternalAuthorization/properties/includeHeaders/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
(vErrors ??= []).push(err6);
errors++;
}
const len0 = data5.length;
for(let i0=0; i0<len0; i0++){
if(!(validate100(data5[i0], {instancePath:instancePath+"/includeHeaders/" + i0,parentData:data5,parentDataProperty:i0,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate100.errors : vErrors.concat(validate100.errors);
errors = vErrors.length;
}
}
}
else {
const err7 = {instancePath:instancePath+"/includeHeaders",schemaPath:"#/$defs/ExternalAuthorization/properties/includeHeaders/type",keyword:"type",params:{type: "array"},message:"must be array"};
(vErrors ??= []).push(err7);
errors++;
}
}
if(data.maxBody !== undefined){
if(!(validate158(data.maxBody, {instancePath:instancePath+"/maxBody",parentData:data,parentDataProperty:"maxBody",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate158.errors : vErrors.concat(validate158.errors);
errors = vErrors.length;
}
}
if(data.to !== undefined){
if(!(validate77(data.to, {instancePath:instancePath+"/to",parentData:data,parentDataProperty:"to",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate77.errors : vErrors.concat(validate77.errors);
errors = vErrors.length;
}
}
if(data.except !== undefined){
if(!(validate126(data.except, {instancePath:instancePath+"/except",parentData:data,parentDataProperty:"except",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate126.errors : vErrors.concat(validate126.errors);
errors = vErrors.length;
}
}
}
else {
const err8 = {instancePath,schemaPath:"#/$defs/ExternalAuthorization/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err8);
errors++;
}
validate152.errors = vErrors;
return errors === 0;
}
validate152.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};


function validate137(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate137.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.apiVersion === undefined){
const err0 = {instancePath,schemaPath:"#/$defs/AuthenticationDocument/required",keyword:"required",params:{missingProperty: "apiVersion"},message:"must have required property '"+"apiVersion"+"'"};
(vErrors ??= []).push(err0);
errors++;
}
if(data.kind === undefined){
const err1 = {instancePath,schemaPath:"#/$defs/AuthenticationDocument/required",keyword:"required",params:{missingProperty: "kind"},message:"must have required property '"+"kind"+"'"};
(vErrors ??= []).push(err1);
errors++;
}
if(data.metadata === undefined){
const err2 = {instancePath,schemaPath:"#/$defs/AuthenticationDocument/required",keyword:"required",params:{missingProperty: "metadata"},message:"must have required property '"+"metadata"+"'"};
(vErrors ??= []).push(err2);
errors++;
}
if(data.spec === undefined){
const err3 = {instancePath,schemaPath:"#/$defs/AuthenticationDocument/required",keyword:"required",params:{missingProperty: "spec"},message:"must have required property '"+"spec"+"'"};
(vErrors ??= []).push(err3);
errors++;
}
for(const key0 in data){
if(!((((key0 === "apiVersion") || (key0 === "kind")) || (key0 === "metadata")) || (key0 === "spec"))){
const err4 = {instancePath,schemaPath:"#/$defs/AuthenticationDocument/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
(vErrors ??= []).push(err4);
errors++;
}
}
if(data.apiVersion !== undefined){
let data0 = data.apiVersion;
if(typeof data0 !== "string"){
const err5 = {instancePath:instancePath+"/apiVersion",schemaPath:"#/$defs/AuthenticationDocument/properties/apiVersion/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err5);
errors++;
}
if("mesh/v1" !== data0){
const err6 = {instancePath:instancePath+"/apiVersion",schemaPath:"#/$defs/AuthenticationDocument/properties/apiVersion/const",keyword:"const",params:{allowedValue: "mesh/v1"},message:"must be equal to constant"};
(vErrors ??= []).push(err6);
errors++;
}
}
if(data.kind !== undefined){
let data1 = data.kind;
if(typeof data1 !== "string"){
const err7 = {instancePath:instancePath+"/kind",schemaPath:"#/$defs/AuthenticationDocument/properties/kind/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err7);
errors++;
}
if("Authentication" !== data1){
const err8 = {instancePath:instancePath+"/kind",schemaPath:"#/$defs/AuthenticationDocument/properties/kind/const",keyword:"const",params:{allowedValue: "Authentication"},message:"must be equal to constant"};
(vErrors ??= []).push(err8);
errors++;
}
}
if(data.metadata !== undefined){
if(!(validate53(data.metadata, {instancePath:instancePath+"/metadata",parentData:data,parentDataProperty:"metadata",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate53.errors : vErrors.concat(validate53.errors);
errors = vErrors.length;
}
}
if(data.spec !== undefined){
let data3 = data.spec;
if(data3 && typeof data3 == "object" && !Array.isArray(data3)){
for(const key1 in data3){
if(!(((((key1 === "services") || (key1 === "gateways")) || (key1 === "issuers")) || (key1 === "required")) || (key1 === "externalAuthorization"))){
const err9 = {instancePath:instancePath+"/spec",schemaPath:"#/$defs/AuthenticationDocument/properties/spec/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties"};
(vErrors ??= []).push(err9);
errors++;
}
}
if(data3.services !== undefined){
let data4 = data3.services;
if(Array.isArray(data4)){
if(data4.length < 1){
const err10 = {instancePath:instancePath+"/spec/services",schemaPath:"#/$defs/AuthenticationDocument/properties/spec/properties/services/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
(vErrors ??= []).push(err10);
errors++;
}
const len0 = data4.length;
for(let i0=0; i0<len0; i0++){
if(!(validate67(data4[i0], {instancePath:instancePath+"/spec/services/" + i0,parentData:data4,parentDataProperty:i0,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate67.errors : vErrors.concat(validate67.errors);
errors = vErrors.length;
}
}
}
else {
const err11 = {instancePath:instancePath+"/spec/services",schemaPath:"#/$defs/AuthenticationDocument/properties/spec/properties/services/type",keyword:"type",params:{type: "array"},message:"must be array"};
(vErrors ??= []).push(err11);
errors++;
}
}
if(data3.gateways !== undefined){
let data6 = data3.gateways;
if(Array.isArray(data6)){
if(data6.length < 1){
const err12 = {instancePath:instancePath+"/spec/gateways",schemaPath:"#/$defs/AuthenticationDocument/properties/spec/properties/gateways/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
(vErrors ??= []).push(err12);
errors++;
}
const len1 = data6.length;
for(let i1=0; i1<len1; i1++){
if(!(validate62(data6[i1], {instancePath:instancePath+"/spec/gateways/" + i1,parentData:data6,parentDataProperty:i1,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate62.errors : vErrors.concat(validate62.errors);
errors = vErrors.length;
}
}
}
else {
const err13 = {instancePath:instancePath+"/spec/gateways",schemaPath:"#/$defs/AuthenticationDocument/properties/spec/properties/gateways/type",keyword:"type",params:{type: "array"},message:"must be array"};
(vErrors ??= []).push(err13);
errors++;
}
}
if(data3.issuers !== undefined){
let data8 = data3.issuers;
if(data8 && typeof data8 == "object" && !Array.isArray(data8)){
for(const key2 in data8){
const _errs18 = errors;
if(!(validate54(key2, {instancePath:instancePath+"/spec/issuers",parentData:data8,parentDataProperty:"issuers",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate54.errors : vErrors.concat(validate54.errors);
errors = vErrors.length;
}
var valid6 = _errs18 === errors;
if(!valid6){
const err14 = {instancePath:instancePath+"/spec/issuers",schemaPath:"#/$defs/AuthenticationDocument/properties/spec/properties/issuers/propertyNames",keyword:"propertyNames",params:{propertyName: key2},message:"property name must be valid"};
(vErrors ??= []).push(err14);
errors++;
}
}
for(const key3 in data8){
if(!(validate142(data8[key3], {instancePath:instancePath+"/spec/issuers/" + key3.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data8,parentDataProperty:key3,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate142.errors : vErrors.concat(validate142.errors);
errors = vErrors.length;
}
}
}
else {
const err15 = {instancePath:instancePath+"/spec/issuers",schemaPath:"#/$defs/AuthenticationDocument/properties/spec/properties/issuers/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err15);
errors++;
}
}
if(data3.required !== undefined){
if(typeof data3.required !== "boolean"){
const err16 = {instancePath:instancePath+"/spec/required",schemaPath:"#/$defs/AuthenticationDocument/properties/spec/properties/required/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
(vErrors ??= []).push(err16);
errors++;
}
}
if(data3.externalAuthorization !== undefined){
if(!(validate152(data3.externalAuthorization, {instancePath:instancePath+"/spec/externalAuthorization",parentData:data3,parentDataProperty:"externalAuthorization",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate152.errors : vErrors.concat(validate152.errors);
errors = vErrors.length;
}
}
}
else {
const err17 = {instancePath:instancePath+"/spec",schemaPath:"#/$defs/AuthenticationDocument/properties/spec/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err17);
errors++;
}
}
}
else {
const err18 = {instancePath,schemaPath:"#/$defs/AuthenticationDocument/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err18);
errors++;
}
validate137.errors = vErrors;
return errors === 0;
}
validate137.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const isExternal = validate163;
const schema62 = {"type":"object","required":["apiVersion","kind","metadata","spec"],"additionalProperties":false,"properties":{"apiVersion":{"type":"string","const":"mesh/v1"},"kind":{"type":"string","const":"External"},"metadata":{"$ref":"definition:/Metadata"},"spec":{"type":"object","required":["hosts","ports"],"additionalProperties":false,"properties":{"hosts":{"type":"array","minItems":1,"items":{"$ref":"definition:/HostPattern"}},"addresses":{"type":"array","minItems":1,"items":{"$ref":"definition:/IpAddress"}},"ports":{"type":"object","minProperties":1,"propertyNames":{"$ref":"definition:/DnsLabel"},"additionalProperties":{"$ref":"definition:/ExternalPort"}},"tls":{"$ref":"definition:/ExternalTls"},"from":{"$ref":"definition:/PrincipalList"},"gateway":{"$ref":"definition:/GatewayReference"},"timeout":{"$ref":"definition:/Duration"},"retries":{"$ref":"definition:/Retries"},"connections":{"$ref":"definition:/Connections"},"outlierDetection":{"$ref":"definition:/OutlierDetection"},"loadBalancing":{"$ref":"definition:/LoadBalancing"},"retryBudget":{"$ref":"definition:/RetryBudget"},"rateLimit":{"$ref":"definition:/RateLimit"},"locality":{"$ref":"definition:/LocalityPreference"}}}},"$id":"definition:/ExternalDocument"};
const schema63 = {"type":"string","pattern":"^(?:(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])\\.){3}(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])|(?:[0-9A-Fa-f]{0,4}:){2,7}(?:[0-9A-Fa-f]{1,4}|(?:[0-9]{1,3}\\.){3}[0-9]{1,3})?)$","$id":"definition:/IpAddress"};
const pattern23 = new RegExp("^(?:(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])\\.){3}(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])|(?:[0-9A-Fa-f]{0,4}:){2,7}(?:[0-9A-Fa-f]{1,4}|(?:[0-9]{1,3}\\.){3}[0-9]{1,3})?)$", "u");

function validate166(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate166.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(typeof data === "string"){
if(!pattern23.test(data)){
const err0 = {instancePath,schemaPath:"#/$defs/IpAddress/pattern",keyword:"pattern",params:{pattern: "^(?:(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])\\.){3}(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])|(?:[0-9A-Fa-f]{0,4}:){2,7}(?:[0-9A-Fa-f]{1,4}|(?:[0-9]{1,3}\\.){3}[0-9]{1,3})?)$"},message:"must match pattern \""+"^(?:(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])\\.){3}(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])|(?:[0-9A-Fa-f]{0,4}:){2,7}(?:[0-9A-Fa-f]{1,4}|(?:[0-9]{1,3}\\.){3}[0-9]{1,3})?)$"+"\""};
(vErrors ??= []).push(err0);
errors++;
}
}
else {
const err1 = {instancePath,schemaPath:"#/$defs/IpAddress/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err1);
errors++;
}
validate166.errors = vErrors;
return errors === 0;
}
validate166.evaluated = {"dynamicProps":false,"dynamicItems":false};

const schema64 = {"type":"object","required":["port"],"additionalProperties":false,"properties":{"port":{"$ref":"definition:/PortNumber"},"targetPort":{"$ref":"definition:/PortNumber"},"protocol":{"$ref":"definition:/Protocol"},"tls":{"type":"boolean"}},"$id":"definition:/ExternalPort"};
const schema65 = {"type":"integer","minimum":1,"maximum":65535,"$id":"definition:/PortNumber"};

function validate170(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate170.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(!(((typeof data == "number") && (!(data % 1) && !isNaN(data))) && (isFinite(data)))){
const err0 = {instancePath,schemaPath:"#/$defs/PortNumber/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
(vErrors ??= []).push(err0);
errors++;
}
if((typeof data == "number") && (isFinite(data))){
if(data > 65535 || isNaN(data)){
const err1 = {instancePath,schemaPath:"#/$defs/PortNumber/maximum",keyword:"maximum",params:{comparison: "<=", limit: 65535},message:"must be <= 65535"};
(vErrors ??= []).push(err1);
errors++;
}
if(data < 1 || isNaN(data)){
const err2 = {instancePath,schemaPath:"#/$defs/PortNumber/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"};
(vErrors ??= []).push(err2);
errors++;
}
}
validate170.errors = vErrors;
return errors === 0;
}
validate170.evaluated = {"dynamicProps":false,"dynamicItems":false};

const schema66 = {"type":"string","enum":["http","http2","grpc","tls","tcp","mongo","mysql","postgres","redis"],"$id":"definition:/Protocol"};

function validate173(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate173.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(typeof data !== "string"){
const err0 = {instancePath,schemaPath:"#/$defs/Protocol/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err0);
errors++;
}
if(!(((((((((data === "http") || (data === "http2")) || (data === "grpc")) || (data === "tls")) || (data === "tcp")) || (data === "mongo")) || (data === "mysql")) || (data === "postgres")) || (data === "redis"))){
const err1 = {instancePath,schemaPath:"#/$defs/Protocol/enum",keyword:"enum",params:{allowedValues: schema66.enum},message:"must be equal to one of the allowed values"};
(vErrors ??= []).push(err1);
errors++;
}
validate173.errors = vErrors;
return errors === 0;
}
validate173.evaluated = {"dynamicProps":false,"dynamicItems":false};


function validate169(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate169.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.port === undefined){
const err0 = {instancePath,schemaPath:"#/$defs/ExternalPort/required",keyword:"required",params:{missingProperty: "port"},message:"must have required property '"+"port"+"'"};
(vErrors ??= []).push(err0);
errors++;
}
for(const key0 in data){
if(!((((key0 === "port") || (key0 === "targetPort")) || (key0 === "protocol")) || (key0 === "tls"))){
const err1 = {instancePath,schemaPath:"#/$defs/ExternalPort/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
(vErrors ??= []).push(err1);
errors++;
}
}
if(data.port !== undefined){
if(!(validate170(data.port, {instancePath:instancePath+"/port",parentData:data,parentDataProperty:"port",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate170.errors : vErrors.concat(validate170.errors);
errors = vErrors.length;
}
}
if(data.targetPort !== undefined){
if(!(validate170(data.targetPort, {instancePath:instancePath+"/targetPort",parentData:data,parentDataProperty:"targetPort",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate170.errors : vErrors.concat(validate170.errors);
errors = vErrors.length;
}
}
if(data.protocol !== undefined){
if(!(validate173(data.protocol, {instancePath:instancePath+"/protocol",parentData:data,parentDataProperty:"protocol",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate173.errors : vErrors.concat(validate173.errors);
errors = vErrors.length;
}
}
if(data.tls !== undefined){
if(typeof data.tls !== "boolean"){
const err2 = {instancePath:instancePath+"/tls",schemaPath:"#/$defs/ExternalPort/properties/tls/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
(vErrors ??= []).push(err2);
errors++;
}
}
}
else {
const err3 = {instancePath,schemaPath:"#/$defs/ExternalPort/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err3);
errors++;
}
validate169.errors = vErrors;
return errors === 0;
}
validate169.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema67 = {"type":"object","additionalProperties":false,"properties":{"sni":{"$ref":"definition:/HostName"},"subjectAltNames":{"type":"array","minItems":1,"items":{"type":"string","minLength":1,"maxLength":2048,"pattern":"^[^\\s\\u0000-\\u001f\\u007f]+$"}},"ca":{"$ref":"definition:/CertificateAuthority"},"clientCertificate":{"type":"object","required":["secret"],"additionalProperties":false,"properties":{"secret":{"$ref":"definition:/SecretReference"}}}},"$id":"definition:/ExternalTls"};
const schema68 = {"type":"string","maxLength":253,"pattern":"^[a-z0-9](?:[-_a-z0-9]{0,61}[a-z0-9])?(?:\\.[a-z0-9](?:[-_a-z0-9]{0,61}[a-z0-9])?)*$","$id":"definition:/HostName"};
const pattern24 = new RegExp("^[a-z0-9](?:[-_a-z0-9]{0,61}[a-z0-9])?(?:\\.[a-z0-9](?:[-_a-z0-9]{0,61}[a-z0-9])?)*$", "u");

function validate177(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate177.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(typeof data === "string"){
if(func1(data) > 253){
const err0 = {instancePath,schemaPath:"#/$defs/HostName/maxLength",keyword:"maxLength",params:{limit: 253},message:"must NOT have more than 253 characters"};
(vErrors ??= []).push(err0);
errors++;
}
if(!pattern24.test(data)){
const err1 = {instancePath,schemaPath:"#/$defs/HostName/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9](?:[-_a-z0-9]{0,61}[a-z0-9])?(?:\\.[a-z0-9](?:[-_a-z0-9]{0,61}[a-z0-9])?)*$"},message:"must match pattern \""+"^[a-z0-9](?:[-_a-z0-9]{0,61}[a-z0-9])?(?:\\.[a-z0-9](?:[-_a-z0-9]{0,61}[a-z0-9])?)*$"+"\""};
(vErrors ??= []).push(err1);
errors++;
}
}
else {
const err2 = {instancePath,schemaPath:"#/$defs/HostName/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err2);
errors++;
}
validate177.errors = vErrors;
return errors === 0;
}
validate177.evaluated = {"dynamicProps":false,"dynamicItems":false};

const schema69 = {"type":"object","minProperties":1,"maxProperties":1,"additionalProperties":false,"properties":{"file":{"$ref":"definition:/FilePath"},"secret":{"$ref":"definition:/SecretReference"}},"$id":"definition:/CertificateAuthority"};
const schema70 = {"type":"string","minLength":1,"maxLength":4096,"pattern":"^[^\\u0000-\\u001f\\u007f]*$","$id":"definition:/FilePath"};
const pattern26 = new RegExp("^[^\\u0000-\\u001f\\u007f]*$", "u");

function validate180(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate180.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(typeof data === "string"){
if(func1(data) > 4096){
const err0 = {instancePath,schemaPath:"#/$defs/FilePath/maxLength",keyword:"maxLength",params:{limit: 4096},message:"must NOT have more than 4096 characters"};
(vErrors ??= []).push(err0);
errors++;
}
if(func1(data) < 1){
const err1 = {instancePath,schemaPath:"#/$defs/FilePath/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
(vErrors ??= []).push(err1);
errors++;
}
if(!pattern26.test(data)){
const err2 = {instancePath,schemaPath:"#/$defs/FilePath/pattern",keyword:"pattern",params:{pattern: "^[^\\u0000-\\u001f\\u007f]*$"},message:"must match pattern \""+"^[^\\u0000-\\u001f\\u007f]*$"+"\""};
(vErrors ??= []).push(err2);
errors++;
}
}
else {
const err3 = {instancePath,schemaPath:"#/$defs/FilePath/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err3);
errors++;
}
validate180.errors = vErrors;
return errors === 0;
}
validate180.evaluated = {"dynamicProps":false,"dynamicItems":false};

const schema71 = {"type":"string","maxLength":317,"pattern":"^(?:[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?/)?[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$","$id":"definition:/SecretReference"};

function validate182(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate182.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(typeof data === "string"){
if(func1(data) > 317){
const err0 = {instancePath,schemaPath:"#/$defs/SecretReference/maxLength",keyword:"maxLength",params:{limit: 317},message:"must NOT have more than 317 characters"};
(vErrors ??= []).push(err0);
errors++;
}
if(!pattern11.test(data)){
const err1 = {instancePath,schemaPath:"#/$defs/SecretReference/pattern",keyword:"pattern",params:{pattern: "^(?:[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?/)?[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$"},message:"must match pattern \""+"^(?:[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?/)?[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$"+"\""};
(vErrors ??= []).push(err1);
errors++;
}
}
else {
const err2 = {instancePath,schemaPath:"#/$defs/SecretReference/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err2);
errors++;
}
validate182.errors = vErrors;
return errors === 0;
}
validate182.evaluated = {"dynamicProps":false,"dynamicItems":false};


function validate179(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate179.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(Object.keys(data).length > 1){
const err0 = {instancePath,schemaPath:"#/$defs/CertificateAuthority/maxProperties",keyword:"maxProperties",params:{limit: 1},message:"must NOT have more than 1 properties"};
(vErrors ??= []).push(err0);
errors++;
}
if(Object.keys(data).length < 1){
const err1 = {instancePath,schemaPath:"#/$defs/CertificateAuthority/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties"};
(vErrors ??= []).push(err1);
errors++;
}
for(const key0 in data){
if(!((key0 === "file") || (key0 === "secret"))){
const err2 = {instancePath,schemaPath:"#/$defs/CertificateAuthority/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
(vErrors ??= []).push(err2);
errors++;
}
}
if(data.file !== undefined){
if(!(validate180(data.file, {instancePath:instancePath+"/file",parentData:data,parentDataProperty:"file",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate180.errors : vErrors.concat(validate180.errors);
errors = vErrors.length;
}
}
if(data.secret !== undefined){
if(!(validate182(data.secret, {instancePath:instancePath+"/secret",parentData:data,parentDataProperty:"secret",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate182.errors : vErrors.concat(validate182.errors);
errors = vErrors.length;
}
}
}
else {
const err3 = {instancePath,schemaPath:"#/$defs/CertificateAuthority/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err3);
errors++;
}
validate179.errors = vErrors;
return errors === 0;
}
validate179.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const pattern25 = new RegExp("^[^\\s\\u0000-\\u001f\\u007f]+$", "u");

function validate176(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate176.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!((((key0 === "sni") || (key0 === "subjectAltNames")) || (key0 === "ca")) || (key0 === "clientCertificate"))){
const err0 = {instancePath,schemaPath:"#/$defs/ExternalTls/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
(vErrors ??= []).push(err0);
errors++;
}
}
if(data.sni !== undefined){
if(!(validate177(data.sni, {instancePath:instancePath+"/sni",parentData:data,parentDataProperty:"sni",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate177.errors : vErrors.concat(validate177.errors);
errors = vErrors.length;
}
}
if(data.subjectAltNames !== undefined){
let data1 = data.subjectAltNames;
if(Array.isArray(data1)){
if(data1.length < 1){
const err1 = {instancePath:instancePath+"/subjectAltNames",schemaPath:"#/$defs/ExternalTls/properties/subjectAltNames/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
(vErrors ??= []).push(err1);
errors++;
}
const len0 = data1.length;
for(let i0=0; i0<len0; i0++){
let data2 = data1[i0];
if(typeof data2 === "string"){
if(func1(data2) > 2048){
const err2 = {instancePath:instancePath+"/subjectAltNames/" + i0,schemaPath:"#/$defs/ExternalTls/properties/subjectAltNames/items/maxLength",keyword:"maxLength",params:{limit: 2048},message:"must NOT have more than 2048 characters"};
(vErrors ??= []).push(err2);
errors++;
}
if(func1(data2) < 1){
const err3 = {instancePath:instancePath+"/subjectAltNames/" + i0,schemaPath:"#/$defs/ExternalTls/properties/subjectAltNames/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
(vErrors ??= []).push(err3);
errors++;
}
if(!pattern25.test(data2)){
const err4 = {instancePath:instancePath+"/subjectAltNames/" + i0,schemaPath:"#/$defs/ExternalTls/properties/subjectAltNames/items/pattern",keyword:"pattern",params:{pattern: "^[^\\s\\u0000-\\u001f\\u007f]+$"},message:"must match pattern \""+"^[^\\s\\u0000-\\u001f\\u007f]+$"+"\""};
(vErrors ??= []).push(err4);
errors++;
}
}
else {
const err5 = {instancePath:instancePath+"/subjectAltNames/" + i0,schemaPath:"#/$defs/ExternalTls/properties/subjectAltNames/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err5);
errors++;
}
}
}
else {
const err6 = {instancePath:instancePath+"/subjectAltNames",schemaPath:"#/$defs/ExternalTls/properties/subjectAltNames/type",keyword:"type",params:{type: "array"},message:"must be array"};
(vErrors ??= []).push(err6);
errors++;
}
}
if(data.ca !== undefined){
if(!(validate179(data.ca, {instancePath:instancePath+"/ca",parentData:data,parentDataProperty:"ca",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate179.errors : vErrors.concat(validate179.errors);
errors = vErrors.length;
}
}
if(data.clientCertificate !== undefined){
let data4 = data.clientCertificate;
if(data4 && typeof data4 == "object" && !Array.isArray(data4)){
if(data4.secret === undefined){
const err7 = {instancePath:instancePath+"/clientCertificate",schemaPath:"#/$defs/ExternalTls/properties/clientCertificate/required",keyword:"required",params:{missingProperty: "secret"},message:"must have required property '"+"secret"+"'"};
(vErrors ??= []).push(err7);
errors++;
}
for(const key1 in data4){
if(!(key1 === "secret")){
const err8 = {instancePath:instancePath+"/clientCertificate",schemaPath:"#/$defs/ExternalTls/properties/clientCertificate/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties"};
(vErrors ??= []).push(err8);
errors++;
}
}
if(data4.secret !== undefined){
if(!(validate182(data4.secret, {instancePath:instancePath+"/clientCertificate/secret",parentData:data4,parentDataProperty:"secret",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate182.errors : vErrors.concat(validate182.errors);
errors = vErrors.length;
}
}
}
else {
const err9 = {instancePath:instancePath+"/clientCertificate",schemaPath:"#/$defs/ExternalTls/properties/clientCertificate/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err9);
errors++;
}
}
}
else {
const err10 = {instancePath,schemaPath:"#/$defs/ExternalTls/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err10);
errors++;
}
validate176.errors = vErrors;
return errors === 0;
}
validate176.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema72 = {"type":"object","additionalProperties":false,"properties":{"attempts":{"type":"integer","minimum":0,"maximum":100},"perTryTimeout":{"$ref":"definition:/Duration"},"on":{"type":"array","minItems":1,"items":{"$ref":"definition:/RetryCondition"}},"backoff":{"$ref":"definition:/PositiveDuration"},"methods":{"type":["array","string"],"pattern":"^all$","minItems":1,"items":{"$ref":"definition:/HttpMethod"}}},"$id":"definition:/Retries"};
const schema73 = {"type":["string","integer"],"if":{"type":"string","pattern":"^[0-9]+$"},"then":{"pattern":"^[2-5][0-9]{2}$"},"else":{"if":{"type":"string"},"then":{"enum":["connect-failure","refused-stream","reset","gateway-error","5xx","cancelled","deadline-exceeded","internal","resource-exhausted","unavailable"]},"else":{"minimum":200,"maximum":599}},"$id":"definition:/RetryCondition"};
const pattern28 = new RegExp("^[0-9]+$", "u");
const pattern29 = new RegExp("^[2-5][0-9]{2}$", "u");

function validate192(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate192.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if((typeof data !== "string") && (!(((typeof data == "number") && (!(data % 1) && !isNaN(data))) && (isFinite(data))))){
const err0 = {instancePath,schemaPath:"#/$defs/RetryCondition/type",keyword:"type",params:{type: schema73.type},message:"must be string,integer"};
(vErrors ??= []).push(err0);
errors++;
}
const _errs1 = errors;
let valid0 = true;
const _errs2 = errors;
if(errors === _errs2){
if(typeof data === "string"){
if(!pattern28.test(data)){
const err1 = {};
(vErrors ??= []).push(err1);
errors++;
}
}
else {
const err2 = {};
(vErrors ??= []).push(err2);
errors++;
}
}
var _valid0 = _errs2 === errors;
errors = _errs1;
if(vErrors !== null){
if(_errs1){
vErrors.length = _errs1;
}
else {
vErrors = null;
}
}
let ifClause0;
if(_valid0){
const _errs4 = errors;
if(typeof data === "string"){
if(!pattern29.test(data)){
const err3 = {instancePath,schemaPath:"#/$defs/RetryCondition/then/pattern",keyword:"pattern",params:{pattern: "^[2-5][0-9]{2}$"},message:"must match pattern \""+"^[2-5][0-9]{2}$"+"\""};
(vErrors ??= []).push(err3);
errors++;
}
}
var _valid0 = _errs4 === errors;
valid0 = _valid0;
ifClause0 = "then";
}
else {
const _errs5 = errors;
const _errs6 = errors;
let valid1 = true;
const _errs7 = errors;
if(typeof data !== "string"){
const err4 = {};
(vErrors ??= []).push(err4);
errors++;
}
var _valid1 = _errs7 === errors;
errors = _errs6;
if(vErrors !== null){
if(_errs6){
vErrors.length = _errs6;
}
else {
vErrors = null;
}
}
let ifClause1;
if(_valid1){
const _errs9 = errors;
if(!((((((((((data === "connect-failure") || (data === "refused-stream")) || (data === "reset")) || (data === "gateway-error")) || (data === "5xx")) || (data === "cancelled")) || (data === "deadline-exceeded")) || (data === "internal")) || (data === "resource-exhausted")) || (data === "unavailable"))){
const err5 = {instancePath,schemaPath:"#/$defs/RetryCondition/else/then/enum",keyword:"enum",params:{allowedValues: schema73.else.then.enum},message:"must be equal to one of the allowed values"};
(vErrors ??= []).push(err5);
errors++;
}
var _valid1 = _errs9 === errors;
valid1 = _valid1;
ifClause1 = "then";
}
else {
const _errs10 = errors;
if((typeof data == "number") && (isFinite(data))){
if(data > 599 || isNaN(data)){
const err6 = {instancePath,schemaPath:"#/$defs/RetryCondition/else/else/maximum",keyword:"maximum",params:{comparison: "<=", limit: 599},message:"must be <= 599"};
(vErrors ??= []).push(err6);
errors++;
}
if(data < 200 || isNaN(data)){
const err7 = {instancePath,schemaPath:"#/$defs/RetryCondition/else/else/minimum",keyword:"minimum",params:{comparison: ">=", limit: 200},message:"must be >= 200"};
(vErrors ??= []).push(err7);
errors++;
}
}
var _valid1 = _errs10 === errors;
valid1 = _valid1;
ifClause1 = "else";
}
if(!valid1){
const err8 = {instancePath,schemaPath:"#/$defs/RetryCondition/else/if",keyword:"if",params:{failingKeyword: ifClause1},message:"must match \""+ifClause1+"\" schema"};
(vErrors ??= []).push(err8);
errors++;
}
var _valid0 = _errs5 === errors;
valid0 = _valid0;
ifClause0 = "else";
}
if(!valid0){
const err9 = {instancePath,schemaPath:"#/$defs/RetryCondition/if",keyword:"if",params:{failingKeyword: ifClause0},message:"must match \""+ifClause0+"\" schema"};
(vErrors ??= []).push(err9);
errors++;
}
validate192.errors = vErrors;
return errors === 0;
}
validate192.evaluated = {"dynamicProps":false,"dynamicItems":false};

const schema74 = {"type":"string","pattern":"^(?=.*[1-9])(?:[0-9]{1,5}(?:\\.[0-9]{1,9})?(?:d|h|m|s|ms)){1,5}$","$id":"definition:/PositiveDuration"};
const pattern30 = new RegExp("^(?=.*[1-9])(?:[0-9]{1,5}(?:\\.[0-9]{1,9})?(?:d|h|m|s|ms)){1,5}$", "u");

function validate194(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate194.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(typeof data === "string"){
if(!pattern30.test(data)){
const err0 = {instancePath,schemaPath:"#/$defs/PositiveDuration/pattern",keyword:"pattern",params:{pattern: "^(?=.*[1-9])(?:[0-9]{1,5}(?:\\.[0-9]{1,9})?(?:d|h|m|s|ms)){1,5}$"},message:"must match pattern \""+"^(?=.*[1-9])(?:[0-9]{1,5}(?:\\.[0-9]{1,9})?(?:d|h|m|s|ms)){1,5}$"+"\""};
(vErrors ??= []).push(err0);
errors++;
}
}
else {
const err1 = {instancePath,schemaPath:"#/$defs/PositiveDuration/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err1);
errors++;
}
validate194.errors = vErrors;
return errors === 0;
}
validate194.evaluated = {"dynamicProps":false,"dynamicItems":false};

const pattern31 = new RegExp("^all$", "u");

function validate190(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate190.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(((((key0 === "attempts") || (key0 === "perTryTimeout")) || (key0 === "on")) || (key0 === "backoff")) || (key0 === "methods"))){
const err0 = {instancePath,schemaPath:"#/$defs/Retries/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
(vErrors ??= []).push(err0);
errors++;
}
}
if(data.attempts !== undefined){
let data0 = data.attempts;
if(!(((typeof data0 == "number") && (!(data0 % 1) && !isNaN(data0))) && (isFinite(data0)))){
const err1 = {instancePath:instancePath+"/attempts",schemaPath:"#/$defs/Retries/properties/attempts/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
(vErrors ??= []).push(err1);
errors++;
}
if((typeof data0 == "number") && (isFinite(data0))){
if(data0 > 100 || isNaN(data0)){
const err2 = {instancePath:instancePath+"/attempts",schemaPath:"#/$defs/Retries/properties/attempts/maximum",keyword:"maximum",params:{comparison: "<=", limit: 100},message:"must be <= 100"};
(vErrors ??= []).push(err2);
errors++;
}
if(data0 < 0 || isNaN(data0)){
const err3 = {instancePath:instancePath+"/attempts",schemaPath:"#/$defs/Retries/properties/attempts/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"};
(vErrors ??= []).push(err3);
errors++;
}
}
}
if(data.perTryTimeout !== undefined){
if(!(validate155(data.perTryTimeout, {instancePath:instancePath+"/perTryTimeout",parentData:data,parentDataProperty:"perTryTimeout",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate155.errors : vErrors.concat(validate155.errors);
errors = vErrors.length;
}
}
if(data.on !== undefined){
let data2 = data.on;
if(Array.isArray(data2)){
if(data2.length < 1){
const err4 = {instancePath:instancePath+"/on",schemaPath:"#/$defs/Retries/properties/on/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
(vErrors ??= []).push(err4);
errors++;
}
const len0 = data2.length;
for(let i0=0; i0<len0; i0++){
if(!(validate192(data2[i0], {instancePath:instancePath+"/on/" + i0,parentData:data2,parentDataProperty:i0,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate192.errors : vErrors.concat(validate192.errors);
errors = vErrors.length;
}
}
}
else {
const err5 = {instancePath:instancePath+"/on",schemaPath:"#/$defs/Retries/properties/on/type",keyword:"type",params:{type: "array"},message:"must be array"};
(vErrors ??= []).push(err5);
errors++;
}
}
if(data.backoff !== undefined){
if(!(validate194(data.backoff, {instancePath:instancePath+"/backoff",parentData:data,parentDataProperty:"backoff",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate194.errors : vErrors.concat(validate194.errors);
errors = vErrors.length;
}
}
if(data.methods !== undefined){
let data5 = data.methods;
if((!(Array.isArray(data5))) && (typeof data5 !== "string")){
const err6 = {instancePath:instancePath+"/methods",schemaPath:"#/$defs/Retries/properties/methods/type",keyword:"type",params:{type: schema72.properties.methods.type},message:"must be array,string"};
(vErrors ??= []).push(err6);
errors++;
}
if(typeof data5 === "string"){
if(!pattern31.test(data5)){
const err7 = {instancePath:instancePath+"/methods",schemaPath:"#/$defs/Retries/properties/methods/pattern",keyword:"pattern",params:{pattern: "^all$"},message:"must match pattern \""+"^all$"+"\""};
(vErrors ??= []).push(err7);
errors++;
}
}
if(Array.isArray(data5)){
if(data5.length < 1){
const err8 = {instancePath:instancePath+"/methods",schemaPath:"#/$defs/Retries/properties/methods/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
(vErrors ??= []).push(err8);
errors++;
}
const len1 = data5.length;
for(let i1=0; i1<len1; i1++){
if(!(validate84(data5[i1], {instancePath:instancePath+"/methods/" + i1,parentData:data5,parentDataProperty:i1,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate84.errors : vErrors.concat(validate84.errors);
errors = vErrors.length;
}
}
}
}
}
else {
const err9 = {instancePath,schemaPath:"#/$defs/Retries/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err9);
errors++;
}
validate190.errors = vErrors;
return errors === 0;
}
validate190.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema75 = {"type":"object","additionalProperties":false,"properties":{"maxConnections":{"type":"integer","minimum":1,"maximum":4294967295},"maxPendingRequests":{"type":"integer","minimum":1,"maximum":4294967295},"maxRequests":{"type":"integer","minimum":1,"maximum":4294967295},"maxRequestsPerConnection":{"type":"integer","minimum":0,"maximum":4294967295},"connectTimeout":{"$ref":"definition:/PositiveDuration"},"idleTimeout":{"$ref":"definition:/Duration"}},"$id":"definition:/Connections"};

function validate198(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate198.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!((((((key0 === "maxConnections") || (key0 === "maxPendingRequests")) || (key0 === "maxRequests")) || (key0 === "maxRequestsPerConnection")) || (key0 === "connectTimeout")) || (key0 === "idleTimeout"))){
const err0 = {instancePath,schemaPath:"#/$defs/Connections/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
(vErrors ??= []).push(err0);
errors++;
}
}
if(data.maxConnections !== undefined){
let data0 = data.maxConnections;
if(!(((typeof data0 == "number") && (!(data0 % 1) && !isNaN(data0))) && (isFinite(data0)))){
const err1 = {instancePath:instancePath+"/maxConnections",schemaPath:"#/$defs/Connections/properties/maxConnections/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
(vErrors ??= []).push(err1);
errors++;
}
if((typeof data0 == "number") && (isFinite(data0))){
if(data0 > 4294967295 || isNaN(data0)){
const err2 = {instancePath:instancePath+"/maxConnections",schemaPath:"#/$defs/Connections/properties/maxConnections/maximum",keyword:"maximum",params:{comparison: "<=", limit: 4294967295},message:"must be <= 4294967295"};
(vErrors ??= []).push(err2);
errors++;
}
if(data0 < 1 || isNaN(data0)){
const err3 = {instancePath:instancePath+"/maxConnections",schemaPath:"#/$defs/Connections/properties/maxConnections/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"};
(vErrors ??= []).push(err3);
errors++;
}
}
}
if(data.maxPendingRequests !== undefined){
let data1 = data.maxPendingRequests;
if(!(((typeof data1 == "number") && (!(data1 % 1) && !isNaN(data1))) && (isFinite(data1)))){
const err4 = {instancePath:instancePath+"/maxPendingRequests",schemaPath:"#/$defs/Connections/properties/maxPendingRequests/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
(vErrors ??= []).push(err4);
errors++;
}
if((typeof data1 == "number") && (isFinite(data1))){
if(data1 > 4294967295 || isNaN(data1)){
const err5 = {instancePath:instancePath+"/maxPendingRequests",schemaPath:"#/$defs/Connections/properties/maxPendingRequests/maximum",keyword:"maximum",params:{comparison: "<=", limit: 4294967295},message:"must be <= 4294967295"};
(vErrors ??= []).push(err5);
errors++;
}
if(data1 < 1 || isNaN(data1)){
const err6 = {instancePath:instancePath+"/maxPendingRequests",schemaPath:"#/$defs/Connections/properties/maxPendingRequests/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"};
(vErrors ??= []).push(err6);
errors++;
}
}
}
if(data.maxRequests !== undefined){
let data2 = data.maxRequests;
if(!(((typeof data2 == "number") && (!(data2 % 1) && !isNaN(data2))) && (isFinite(data2)))){
const err7 = {instancePath:instancePath+"/maxRequests",schemaPath:"#/$defs/Connections/properties/maxRequests/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
(vErrors ??= []).push(err7);
errors++;
}
if((typeof data2 == "number") && (isFinite(data2))){
if(data2 > 4294967295 || isNaN(data2)){
const err8 = {instancePath:instancePath+"/maxRequests",schemaPath:"#/$defs/Connections/properties/maxRequests/maximum",keyword:"maximum",params:{comparison: "<=", limit: 4294967295},message:"must be <= 4294967295"};
(vErrors ??= []).push(err8);
errors++;
}
if(data2 < 1 || isNaN(data2)){
const err9 = {instancePath:instancePath+"/maxRequests",schemaPath:"#/$defs/Connections/properties/maxRequests/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"};
(vErrors ??= []).push(err9);
errors++;
}
}
}
if(data.maxRequestsPerConnection !== undefined){
let data3 = data.maxRequestsPerConnection;
if(!(((typeof data3 == "number") && (!(data3 % 1) && !isNaN(data3))) && (isFinite(data3)))){
const err10 = {instancePath:instancePath+"/maxRequestsPerConnection",schemaPath:"#/$defs/Connections/properties/maxRequestsPerConnection/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
(vErrors ??= []).push(err10);
errors++;
}
if((typeof data3 == "number") && (isFinite(data3))){
if(data3 > 4294967295 || isNaN(data3)){
const err11 = {instancePath:instancePath+"/maxRequestsPerConnection",schemaPath:"#/$defs/Connections/properties/maxRequestsPerConnection/maximum",keyword:"maximum",params:{comparison: "<=", limit: 4294967295},message:"must be <= 4294967295"};
(vErrors ??= []).push(err11);
errors++;
}
if(data3 < 0 || isNaN(data3)){
const err12 = {instancePath:instancePath+"/maxRequestsPerConnection",schemaPath:"#/$defs/Connections/properties/maxRequestsPerConnection/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"};
(vErrors ??= []).push(err12);
errors++;
}
}
}
if(data.connectTimeout !== undefined){
if(!(validate194(data.connectTimeout, {instancePath:instancePath+"/connectTimeout",parentData:data,parentDataProperty:"connectTimeout",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate194.errors : vErrors.concat(validate194.errors);
errors = vErrors.length;
}
}
if(data.idleTimeout !== undefined){
if(!(validate155(data.idleTimeout, {instancePath:instancePath+"/idleTimeout",parentData:data,parentDataProperty:"idleTimeout",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate155.errors : vErrors.concat(validate155.errors);
errors = vErrors.length;
}
}
}
else {
const err13 = {instancePath,schemaPath:"#/$defs/Connections/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err13);
errors++;
}
validate198.errors = vErrors;
return errors === 0;
}
validate198.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema76 = {"type":"object","additionalProperties":false,"properties":{"consecutive5xx":{"type":"integer","minimum":0,"maximum":4294967295},"consecutiveGatewayErrors":{"type":"integer","minimum":0,"maximum":4294967295},"interval":{"$ref":"definition:/PositiveDuration"},"baseEjectionTime":{"$ref":"definition:/PositiveDuration"},"maxEjectionPercent":{"$ref":"definition:/Percentage"},"minHealthPercent":{"$ref":"definition:/Percentage"}},"$id":"definition:/OutlierDetection"};
const schema77 = {"type":["string","number"],"pattern":"^(?:100(?:\\.0{1,4})?|[0-9]{1,2}(?:\\.[0-9]{1,4})?)%$","minimum":0,"maximum":100,"$id":"definition:/Percentage"};
const pattern32 = new RegExp("^(?:100(?:\\.0{1,4})?|[0-9]{1,2}(?:\\.[0-9]{1,4})?)%$", "u");

function validate205(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate205.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if((typeof data !== "string") && (!((typeof data == "number") && (isFinite(data))))){
const err0 = {instancePath,schemaPath:"#/$defs/Percentage/type",keyword:"type",params:{type: schema77.type},message:"must be string,number"};
(vErrors ??= []).push(err0);
errors++;
}
if((typeof data == "number") && (isFinite(data))){
if(data > 100 || isNaN(data)){
const err1 = {instancePath,schemaPath:"#/$defs/Percentage/maximum",keyword:"maximum",params:{comparison: "<=", limit: 100},message:"must be <= 100"};
(vErrors ??= []).push(err1);
errors++;
}
if(data < 0 || isNaN(data)){
const err2 = {instancePath,schemaPath:"#/$defs/Percentage/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"};
(vErrors ??= []).push(err2);
errors++;
}
}
if(typeof data === "string"){
if(!pattern32.test(data)){
const err3 = {instancePath,schemaPath:"#/$defs/Percentage/pattern",keyword:"pattern",params:{pattern: "^(?:100(?:\\.0{1,4})?|[0-9]{1,2}(?:\\.[0-9]{1,4})?)%$"},message:"must match pattern \""+"^(?:100(?:\\.0{1,4})?|[0-9]{1,2}(?:\\.[0-9]{1,4})?)%$"+"\""};
(vErrors ??= []).push(err3);
errors++;
}
}
validate205.errors = vErrors;
return errors === 0;
}
validate205.evaluated = {"dynamicProps":false,"dynamicItems":false};


function validate202(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate202.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!((((((key0 === "consecutive5xx") || (key0 === "consecutiveGatewayErrors")) || (key0 === "interval")) || (key0 === "baseEjectionTime")) || (key0 === "maxEjectionPercent")) || (key0 === "minHealthPercent"))){
const err0 = {instancePath,schemaPath:"#/$defs/OutlierDetection/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
(vErrors ??= []).push(err0);
errors++;
}
}
if(data.consecutive5xx !== undefined){
let data0 = data.consecutive5xx;
if(!(((typeof data0 == "number") && (!(data0 % 1) && !isNaN(data0))) && (isFinite(data0)))){
const err1 = {instancePath:instancePath+"/consecutive5xx",schemaPath:"#/$defs/OutlierDetection/properties/consecutive5xx/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
(vErrors ??= []).push(err1);
errors++;
}
if((typeof data0 == "number") && (isFinite(data0))){
if(data0 > 4294967295 || isNaN(data0)){
const err2 = {instancePath:instancePath+"/consecutive5xx",schemaPath:"#/$defs/OutlierDetection/properties/consecutive5xx/maximum",keyword:"maximum",params:{comparison: "<=", limit: 4294967295},message:"must be <= 4294967295"};
(vErrors ??= []).push(err2);
errors++;
}
if(data0 < 0 || isNaN(data0)){
const err3 = {instancePath:instancePath+"/consecutive5xx",schemaPath:"#/$defs/OutlierDetection/properties/consecutive5xx/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"};
(vErrors ??= []).push(err3);
errors++;
}
}
}
if(data.consecutiveGatewayErrors !== undefined){
let data1 = data.consecutiveGatewayErrors;
if(!(((typeof data1 == "number") && (!(data1 % 1) && !isNaN(data1))) && (isFinite(data1)))){
const err4 = {instancePath:instancePath+"/consecutiveGatewayErrors",schemaPath:"#/$defs/OutlierDetection/properties/consecutiveGatewayErrors/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
(vErrors ??= []).push(err4);
errors++;
}
if((typeof data1 == "number") && (isFinite(data1))){
if(data1 > 4294967295 || isNaN(data1)){
const err5 = {instancePath:instancePath+"/consecutiveGatewayErrors",schemaPath:"#/$defs/OutlierDetection/properties/consecutiveGatewayErrors/maximum",keyword:"maximum",params:{comparison: "<=", limit: 4294967295},message:"must be <= 4294967295"};
(vErrors ??= []).push(err5);
errors++;
}
if(data1 < 0 || isNaN(data1)){
const err6 = {instancePath:instancePath+"/consecutiveGatewayErrors",schemaPath:"#/$defs/OutlierDetection/properties/consecutiveGatewayErrors/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"};
(vErrors ??= []).push(err6);
errors++;
}
}
}
if(data.interval !== undefined){
if(!(validate194(data.interval, {instancePath:instancePath+"/interval",parentData:data,parentDataProperty:"interval",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate194.errors : vErrors.concat(validate194.errors);
errors = vErrors.length;
}
}
if(data.baseEjectionTime !== undefined){
if(!(validate194(data.baseEjectionTime, {instancePath:instancePath+"/baseEjectionTime",parentData:data,parentDataProperty:"baseEjectionTime",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate194.errors : vErrors.concat(validate194.errors);
errors = vErrors.length;
}
}
if(data.maxEjectionPercent !== undefined){
if(!(validate205(data.maxEjectionPercent, {instancePath:instancePath+"/maxEjectionPercent",parentData:data,parentDataProperty:"maxEjectionPercent",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate205.errors : vErrors.concat(validate205.errors);
errors = vErrors.length;
}
}
if(data.minHealthPercent !== undefined){
if(!(validate205(data.minHealthPercent, {instancePath:instancePath+"/minHealthPercent",parentData:data,parentDataProperty:"minHealthPercent",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate205.errors : vErrors.concat(validate205.errors);
errors = vErrors.length;
}
}
}
else {
const err7 = {instancePath,schemaPath:"#/$defs/OutlierDetection/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err7);
errors++;
}
validate202.errors = vErrors;
return errors === 0;
}
validate202.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema78 = {"type":"object","additionalProperties":false,"properties":{"algorithm":{"type":"string","enum":["round-robin","least-request","random","ring-hash","maglev"]},"affinity":{"$ref":"definition:/Affinity"}},"$id":"definition:/LoadBalancing"};
const schema79 = {"type":"object","minProperties":1,"maxProperties":1,"additionalProperties":false,"properties":{"cookie":{"type":"object","required":["name"],"additionalProperties":false,"properties":{"name":{"type":"string","maxLength":256,"pattern":"^[!#$%&'*+.^_`|~0-9A-Za-z-]+$"},"ttl":{"$ref":"definition:/Duration"}}},"header":{"$ref":"definition:/HeaderName"},"query":{"type":"string","minLength":1,"maxLength":1024},"sourceAddress":{"type":"boolean","const":true}},"$id":"definition:/Affinity"};

function validate210(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate210.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(Object.keys(data).length > 1){
const err0 = {instancePath,schemaPath:"#/$defs/Affinity/maxProperties",keyword:"maxProperties",params:{limit: 1},message:"must NOT have more than 1 properties"};
(vErrors ??= []).push(err0);
errors++;
}
if(Object.keys(data).length < 1){
const err1 = {instancePath,schemaPath:"#/$defs/Affinity/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties"};
(vErrors ??= []).push(err1);
errors++;
}
for(const key0 in data){
if(!((((key0 === "cookie") || (key0 === "header")) || (key0 === "query")) || (key0 === "sourceAddress"))){
const err2 = {instancePath,schemaPath:"#/$defs/Affinity/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
(vErrors ??= []).push(err2);
errors++;
}
}
if(data.cookie !== undefined){
let data0 = data.cookie;
if(data0 && typeof data0 == "object" && !Array.isArray(data0)){
if(data0.name === undefined){
const err3 = {instancePath:instancePath+"/cookie",schemaPath:"#/$defs/Affinity/properties/cookie/required",keyword:"required",params:{missingProperty: "name"},message:"must have required property '"+"name"+"'"};
(vErrors ??= []).push(err3);
errors++;
}
for(const key1 in data0){
if(!((key1 === "name") || (key1 === "ttl"))){
const err4 = {instancePath:instancePath+"/cookie",schemaPath:"#/$defs/Affinity/properties/cookie/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties"};
(vErrors ??= []).push(err4);
errors++;
}
}
if(data0.name !== undefined){
let data1 = data0.name;
if(typeof data1 === "string"){
if(func1(data1) > 256){
const err5 = {instancePath:instancePath+"/cookie/name",schemaPath:"#/$defs/Affinity/properties/cookie/properties/name/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"};
(vErrors ??= []).push(err5);
errors++;
}
if(!pattern14.test(data1)){
const err6 = {instancePath:instancePath+"/cookie/name",schemaPath:"#/$defs/Affinity/properties/cookie/properties/name/pattern",keyword:"pattern",params:{pattern: "^[!#$%&'*+.^_`|~0-9A-Za-z-]+$"},message:"must match pattern \""+"^[!#$%&'*+.^_`|~0-9A-Za-z-]+$"+"\""};
(vErrors ??= []).push(err6);
errors++;
}
}
else {
const err7 = {instancePath:instancePath+"/cookie/name",schemaPath:"#/$defs/Affinity/properties/cookie/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err7);
errors++;
}
}
if(data0.ttl !== undefined){
if(!(validate155(data0.ttl, {instancePath:instancePath+"/cookie/ttl",parentData:data0,parentDataProperty:"ttl",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate155.errors : vErrors.concat(validate155.errors);
errors = vErrors.length;
}
}
}
else {
const err8 = {instancePath:instancePath+"/cookie",schemaPath:"#/$defs/Affinity/properties/cookie/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err8);
errors++;
}
}
if(data.header !== undefined){
if(!(validate100(data.header, {instancePath:instancePath+"/header",parentData:data,parentDataProperty:"header",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate100.errors : vErrors.concat(validate100.errors);
errors = vErrors.length;
}
}
if(data.query !== undefined){
let data4 = data.query;
if(typeof data4 === "string"){
if(func1(data4) > 1024){
const err9 = {instancePath:instancePath+"/query",schemaPath:"#/$defs/Affinity/properties/query/maxLength",keyword:"maxLength",params:{limit: 1024},message:"must NOT have more than 1024 characters"};
(vErrors ??= []).push(err9);
errors++;
}
if(func1(data4) < 1){
const err10 = {instancePath:instancePath+"/query",schemaPath:"#/$defs/Affinity/properties/query/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
(vErrors ??= []).push(err10);
errors++;
}
}
else {
const err11 = {instancePath:instancePath+"/query",schemaPath:"#/$defs/Affinity/properties/query/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err11);
errors++;
}
}
if(data.sourceAddress !== undefined){
let data5 = data.sourceAddress;
if(typeof data5 !== "boolean"){
const err12 = {instancePath:instancePath+"/sourceAddress",schemaPath:"#/$defs/Affinity/properties/sourceAddress/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
(vErrors ??= []).push(err12);
errors++;
}
if(true !== data5){
const err13 = {instancePath:instancePath+"/sourceAddress",schemaPath:"#/$defs/Affinity/properties/sourceAddress/const",keyword:"const",params:{allowedValue: true},message:"must be equal to constant"};
(vErrors ??= []).push(err13);
errors++;
}
}
}
else {
const err14 = {instancePath,schemaPath:"#/$defs/Affinity/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err14);
errors++;
}
validate210.errors = vErrors;
return errors === 0;
}
validate210.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};


function validate209(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate209.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!((key0 === "algorithm") || (key0 === "affinity"))){
const err0 = {instancePath,schemaPath:"#/$defs/LoadBalancing/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
(vErrors ??= []).push(err0);
errors++;
}
}
if(data.algorithm !== undefined){
let data0 = data.algorithm;
if(typeof data0 !== "string"){
const err1 = {instancePath:instancePath+"/algorithm",schemaPath:"#/$defs/LoadBalancing/properties/algorithm/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err1);
errors++;
}
if(!(((((data0 === "round-robin") || (data0 === "least-request")) || (data0 === "random")) || (data0 === "ring-hash")) || (data0 === "maglev"))){
const err2 = {instancePath:instancePath+"/algorithm",schemaPath:"#/$defs/LoadBalancing/properties/algorithm/enum",keyword:"enum",params:{allowedValues: schema78.properties.algorithm.enum},message:"must be equal to one of the allowed values"};
(vErrors ??= []).push(err2);
errors++;
}
}
if(data.affinity !== undefined){
if(!(validate210(data.affinity, {instancePath:instancePath+"/affinity",parentData:data,parentDataProperty:"affinity",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate210.errors : vErrors.concat(validate210.errors);
errors = vErrors.length;
}
}
}
else {
const err3 = {instancePath,schemaPath:"#/$defs/LoadBalancing/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err3);
errors++;
}
validate209.errors = vErrors;
return errors === 0;
}
validate209.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema80 = {"type":"object","additionalProperties":false,"properties":{"percent":{"$ref":"definition:/Percentage"},"minRetryConcurrency":{"type":"integer","minimum":0,"maximum":4294967295}},"$id":"definition:/RetryBudget"};

function validate215(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate215.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!((key0 === "percent") || (key0 === "minRetryConcurrency"))){
const err0 = {instancePath,schemaPath:"#/$defs/RetryBudget/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
(vErrors ??= []).push(err0);
errors++;
}
}
if(data.percent !== undefined){
if(!(validate205(data.percent, {instancePath:instancePath+"/percent",parentData:data,parentDataProperty:"percent",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate205.errors : vErrors.concat(validate205.errors);
errors = vErrors.length;
}
}
if(data.minRetryConcurrency !== undefined){
let data1 = data.minRetryConcurrency;
if(!(((typeof data1 == "number") && (!(data1 % 1) && !isNaN(data1))) && (isFinite(data1)))){
const err1 = {instancePath:instancePath+"/minRetryConcurrency",schemaPath:"#/$defs/RetryBudget/properties/minRetryConcurrency/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
(vErrors ??= []).push(err1);
errors++;
}
if((typeof data1 == "number") && (isFinite(data1))){
if(data1 > 4294967295 || isNaN(data1)){
const err2 = {instancePath:instancePath+"/minRetryConcurrency",schemaPath:"#/$defs/RetryBudget/properties/minRetryConcurrency/maximum",keyword:"maximum",params:{comparison: "<=", limit: 4294967295},message:"must be <= 4294967295"};
(vErrors ??= []).push(err2);
errors++;
}
if(data1 < 0 || isNaN(data1)){
const err3 = {instancePath:instancePath+"/minRetryConcurrency",schemaPath:"#/$defs/RetryBudget/properties/minRetryConcurrency/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"};
(vErrors ??= []).push(err3);
errors++;
}
}
}
}
else {
const err4 = {instancePath,schemaPath:"#/$defs/RetryBudget/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err4);
errors++;
}
validate215.errors = vErrors;
return errors === 0;
}
validate215.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema81 = {"type":"object","additionalProperties":false,"properties":{"requests":{"type":"integer","minimum":1,"maximum":4294967295},"per":{"$ref":"definition:/PositiveDuration"},"burst":{"type":"integer","minimum":0,"maximum":4294967295},"scope":{"type":"string","enum":["instance","service"]}},"$id":"definition:/RateLimit"};

function validate218(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate218.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!((((key0 === "requests") || (key0 === "per")) || (key0 === "burst")) || (key0 === "scope"))){
const err0 = {instancePath,schemaPath:"#/$defs/RateLimit/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
(vErrors ??= []).push(err0);
errors++;
}
}
if(data.requests !== undefined){
let data0 = data.requests;
if(!(((typeof data0 == "number") && (!(data0 % 1) && !isNaN(data0))) && (isFinite(data0)))){
const err1 = {instancePath:instancePath+"/requests",schemaPath:"#/$defs/RateLimit/properties/requests/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
(vErrors ??= []).push(err1);
errors++;
}
if((typeof data0 == "number") && (isFinite(data0))){
if(data0 > 4294967295 || isNaN(data0)){
const err2 = {instancePath:instancePath+"/requests",schemaPath:"#/$defs/RateLimit/properties/requests/maximum",keyword:"maximum",params:{comparison: "<=", limit: 4294967295},message:"must be <= 4294967295"};
(vErrors ??= []).push(err2);
errors++;
}
if(data0 < 1 || isNaN(data0)){
const err3 = {instancePath:instancePath+"/requests",schemaPath:"#/$defs/RateLimit/properties/requests/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"};
(vErrors ??= []).push(err3);
errors++;
}
}
}
if(data.per !== undefined){
if(!(validate194(data.per, {instancePath:instancePath+"/per",parentData:data,parentDataProperty:"per",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate194.errors : vErrors.concat(validate194.errors);
errors = vErrors.length;
}
}
if(data.burst !== undefined){
let data2 = data.burst;
if(!(((typeof data2 == "number") && (!(data2 % 1) && !isNaN(data2))) && (isFinite(data2)))){
const err4 = {instancePath:instancePath+"/burst",schemaPath:"#/$defs/RateLimit/properties/burst/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
(vErrors ??= []).push(err4);
errors++;
}
if((typeof data2 == "number") && (isFinite(data2))){
if(data2 > 4294967295 || isNaN(data2)){
const err5 = {instancePath:instancePath+"/burst",schemaPath:"#/$defs/RateLimit/properties/burst/maximum",keyword:"maximum",params:{comparison: "<=", limit: 4294967295},message:"must be <= 4294967295"};
(vErrors ??= []).push(err5);
errors++;
}
if(data2 < 0 || isNaN(data2)){
const err6 = {instancePath:instancePath+"/burst",schemaPath:"#/$defs/RateLimit/properties/burst/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"};
(vErrors ??= []).push(err6);
errors++;
}
}
}
if(data.scope !== undefined){
let data3 = data.scope;
if(typeof data3 !== "string"){
const err7 = {instancePath:instancePath+"/scope",schemaPath:"#/$defs/RateLimit/properties/scope/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err7);
errors++;
}
if(!((data3 === "instance") || (data3 === "service"))){
const err8 = {instancePath:instancePath+"/scope",schemaPath:"#/$defs/RateLimit/properties/scope/enum",keyword:"enum",params:{allowedValues: schema81.properties.scope.enum},message:"must be equal to one of the allowed values"};
(vErrors ??= []).push(err8);
errors++;
}
}
}
else {
const err9 = {instancePath,schemaPath:"#/$defs/RateLimit/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err9);
errors++;
}
validate218.errors = vErrors;
return errors === 0;
}
validate218.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema82 = {"type":"object","additionalProperties":false,"properties":{"prefer":{"type":"string","enum":["none","same-zone","same-region","same-cluster"]},"failover":{"type":"array","minItems":1,"items":{"type":"object","required":["from","to"],"additionalProperties":false,"properties":{"from":{"$ref":"definition:/DnsLabel"},"to":{"$ref":"definition:/DnsLabel"}}}}},"$id":"definition:/LocalityPreference"};

function validate221(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate221.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!((key0 === "prefer") || (key0 === "failover"))){
const err0 = {instancePath,schemaPath:"#/$defs/LocalityPreference/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
(vErrors ??= []).push(err0);
errors++;
}
}
if(data.prefer !== undefined){
let data0 = data.prefer;
if(typeof data0 !== "string"){
const err1 = {instancePath:instancePath+"/prefer",schemaPath:"#/$defs/LocalityPreference/properties/prefer/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err1);
errors++;
}
if(!((((data0 === "none") || (data0 === "same-zone")) || (data0 === "same-region")) || (data0 === "same-cluster"))){
const err2 = {instancePath:instancePath+"/prefer",schemaPath:"#/$defs/LocalityPreference/properties/prefer/enum",keyword:"enum",params:{allowedValues: schema82.properties.prefer.enum},message:"must be equal to one of the allowed values"};
(vErrors ??= []).push(err2);
errors++;
}
}
if(data.failover !== undefined){
let data1 = data.failover;
if(Array.isArray(data1)){
if(data1.length < 1){
const err3 = {instancePath:instancePath+"/failover",schemaPath:"#/$defs/LocalityPreference/properties/failover/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
(vErrors ??= []).push(err3);
errors++;
}
const len0 = data1.length;
for(let i0=0; i0<len0; i0++){
let data2 = data1[i0];
if(data2 && typeof data2 == "object" && !Array.isArray(data2)){
if(data2.from === undefined){
const err4 = {instancePath:instancePath+"/failover/" + i0,schemaPath:"#/$defs/LocalityPreference/properties/failover/items/required",keyword:"required",params:{missingProperty: "from"},message:"must have required property '"+"from"+"'"};
(vErrors ??= []).push(err4);
errors++;
}
if(data2.to === undefined){
const err5 = {instancePath:instancePath+"/failover/" + i0,schemaPath:"#/$defs/LocalityPreference/properties/failover/items/required",keyword:"required",params:{missingProperty: "to"},message:"must have required property '"+"to"+"'"};
(vErrors ??= []).push(err5);
errors++;
}
for(const key1 in data2){
if(!((key1 === "from") || (key1 === "to"))){
const err6 = {instancePath:instancePath+"/failover/" + i0,schemaPath:"#/$defs/LocalityPreference/properties/failover/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties"};
(vErrors ??= []).push(err6);
errors++;
}
}
if(data2.from !== undefined){
if(!(validate54(data2.from, {instancePath:instancePath+"/failover/" + i0+"/from",parentData:data2,parentDataProperty:"from",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate54.errors : vErrors.concat(validate54.errors);
errors = vErrors.length;
}
}
if(data2.to !== undefined){
if(!(validate54(data2.to, {instancePath:instancePath+"/failover/" + i0+"/to",parentData:data2,parentDataProperty:"to",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate54.errors : vErrors.concat(validate54.errors);
errors = vErrors.length;
}
}
}
else {
const err7 = {instancePath:instancePath+"/failover/" + i0,schemaPath:"#/$defs/LocalityPreference/properties/failover/items/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err7);
errors++;
}
}
}
else {
const err8 = {instancePath:instancePath+"/failover",schemaPath:"#/$defs/LocalityPreference/properties/failover/type",keyword:"type",params:{type: "array"},message:"must be array"};
(vErrors ??= []).push(err8);
errors++;
}
}
}
else {
const err9 = {instancePath,schemaPath:"#/$defs/LocalityPreference/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err9);
errors++;
}
validate221.errors = vErrors;
return errors === 0;
}
validate221.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};


function validate163(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate163.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.apiVersion === undefined){
const err0 = {instancePath,schemaPath:"#/$defs/ExternalDocument/required",keyword:"required",params:{missingProperty: "apiVersion"},message:"must have required property '"+"apiVersion"+"'"};
(vErrors ??= []).push(err0);
errors++;
}
if(data.kind === undefined){
const err1 = {instancePath,schemaPath:"#/$defs/ExternalDocument/required",keyword:"required",params:{missingProperty: "kind"},message:"must have required property '"+"kind"+"'"};
(vErrors ??= []).push(err1);
errors++;
}
if(data.metadata === undefined){
const err2 = {instancePath,schemaPath:"#/$defs/ExternalDocument/required",keyword:"required",params:{missingProperty: "metadata"},message:"must have required property '"+"metadata"+"'"};
(vErrors ??= []).push(err2);
errors++;
}
if(data.spec === undefined){
const err3 = {instancePath,schemaPath:"#/$defs/ExternalDocument/required",keyword:"required",params:{missingProperty: "spec"},message:"must have required property '"+"spec"+"'"};
(vErrors ??= []).push(err3);
errors++;
}
for(const key0 in data){
if(!((((key0 === "apiVersion") || (key0 === "kind")) || (key0 === "metadata")) || (key0 === "spec"))){
const err4 = {instancePath,schemaPath:"#/$defs/ExternalDocument/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
(vErrors ??= []).push(err4);
errors++;
}
}
if(data.apiVersion !== undefined){
let data0 = data.apiVersion;
if(typeof data0 !== "string"){
const err5 = {instancePath:instancePath+"/apiVersion",schemaPath:"#/$defs/ExternalDocument/properties/apiVersion/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err5);
errors++;
}
if("mesh/v1" !== data0){
const err6 = {instancePath:instancePath+"/apiVersion",schemaPath:"#/$defs/ExternalDocument/properties/apiVersion/const",keyword:"const",params:{allowedValue: "mesh/v1"},message:"must be equal to constant"};
(vErrors ??= []).push(err6);
errors++;
}
}
if(data.kind !== undefined){
let data1 = data.kind;
if(typeof data1 !== "string"){
const err7 = {instancePath:instancePath+"/kind",schemaPath:"#/$defs/ExternalDocument/properties/kind/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err7);
errors++;
}
if("External" !== data1){
const err8 = {instancePath:instancePath+"/kind",schemaPath:"#/$defs/ExternalDocument/properties/kind/const",keyword:"const",params:{allowedValue: "External"},message:"must be equal to constant"};
(vErrors ??= []).push(err8);
errors++;
}
}
if(data.metadata !== undefined){
if(!(validate53(data.metadata, {instancePath:instancePath+"/metadata",parentData:data,parentDataProperty:"metadata",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate53.errors : vErrors.concat(validate53.errors);
errors = vErrors.length;
}
}
if(data.spec !== undefined){
let data3 = data.spec;
if(data3 && typeof data3 == "object" && !Array.isArray(data3)){
if(data3.hosts === undefined){
const err9 = {instancePath:instancePath+"/spec",schemaPath:"#/$defs/ExternalDocument/properties/spec/required",keyword:"required",params:{missingProperty: "hosts"},message:"must have required property '"+"hosts"+"'"};
(vErrors ??= []).push(err9);
errors++;
}
if(data3.ports === undefined){
const err10 = {instancePath:instancePath+"/spec",schemaPath:"#/$defs/ExternalDocument/properties/spec/required",keyword:"required",params:{missingProperty: "ports"},message:"must have required property '"+"ports"+"'"};
(vErrors ??= []).push(err10);
errors++;
}
for(const key1 in data3){
if(!(func40.call(schema62.properties.spec.properties, key1))){
const err11 = {instancePath:instancePath+"/spec",schemaPath:"#/$defs/ExternalDocument/properties/spec/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties"};
(vErrors ??= []).push(err11);
errors++;
}
}
if(data3.hosts !== undefined){
let data4 = data3.hosts;
if(Array.isArray(data4)){
if(data4.length < 1){
const err12 = {instancePath:instancePath+"/spec/hosts",schemaPath:"#/$defs/ExternalDocument/properties/spec/properties/hosts/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
(vErrors ??= []).push(err12);
errors++;
}
const len0 = data4.length;
for(let i0=0; i0<len0; i0++){
if(!(validate97(data4[i0], {instancePath:instancePath+"/spec/hosts/" + i0,parentData:data4,parentDataProperty:i0,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate97.errors : vErrors.concat(validate97.errors);
errors = vErrors.length;
}
}
}
else {
const err13 = {instancePath:instancePath+"/spec/hosts",schemaPath:"#/$defs/ExternalDocument/properties/spec/properties/hosts/type",keyword:"type",params:{type: "array"},message:"must be array"};
(vErrors ??= []).push(err13);
errors++;
}
}
if(data3.addresses !== undefined){
let data6 = data3.addresses;
if(Array.isArray(data6)){
if(data6.length < 1){
const err14 = {instancePath:instancePath+"/spec/addresses",schemaPath:"#/$defs/ExternalDocument/properties/spec/properties/addresses/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
(vErrors ??= []).push(err14);
errors++;
}
const len1 = data6.length;
for(let i1=0; i1<len1; i1++){
if(!(validate166(data6[i1], {instancePath:instancePath+"/spec/addresses/" + i1,parentData:data6,parentDataProperty:i1,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate166.errors : vErrors.concat(validate166.errors);
errors = vErrors.length;
}
}
}
else {
const err15 = {instancePath:instancePath+"/spec/addresses",schemaPath:"#/$defs/ExternalDocument/properties/spec/properties/addresses/type",keyword:"type",params:{type: "array"},message:"must be array"};
(vErrors ??= []).push(err15);
errors++;
}
}
if(data3.ports !== undefined){
let data8 = data3.ports;
if(data8 && typeof data8 == "object" && !Array.isArray(data8)){
if(Object.keys(data8).length < 1){
const err16 = {instancePath:instancePath+"/spec/ports",schemaPath:"#/$defs/ExternalDocument/properties/spec/properties/ports/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties"};
(vErrors ??= []).push(err16);
errors++;
}
for(const key2 in data8){
const _errs18 = errors;
if(!(validate54(key2, {instancePath:instancePath+"/spec/ports",parentData:data8,parentDataProperty:"ports",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate54.errors : vErrors.concat(validate54.errors);
errors = vErrors.length;
}
var valid6 = _errs18 === errors;
if(!valid6){
const err17 = {instancePath:instancePath+"/spec/ports",schemaPath:"#/$defs/ExternalDocument/properties/spec/properties/ports/propertyNames",keyword:"propertyNames",params:{propertyName: key2},message:"property name must be valid"};
(vErrors ??= []).push(err17);
errors++;
}
}
for(const key3 in data8){
if(!(validate169(data8[key3], {instancePath:instancePath+"/spec/ports/" + key3.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data8,parentDataProperty:key3,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate169.errors : vErrors.concat(validate169.errors);
errors = vErrors.length;
}
}
}
else {
const err18 = {instancePath:instancePath+"/spec/ports",schemaPath:"#/$defs/ExternalDocument/properties/spec/properties/ports/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err18);
errors++;
}
}
if(data3.tls !== undefined){
if(!(validate176(data3.tls, {instancePath:instancePath+"/spec/tls",parentData:data3,parentDataProperty:"tls",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate176.errors : vErrors.concat(validate176.errors);
errors = vErrors.length;
}
}
if(data3.from !== undefined){
if(!(validate65(data3.from, {instancePath:instancePath+"/spec/from",parentData:data3,parentDataProperty:"from",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate65.errors : vErrors.concat(validate65.errors);
errors = vErrors.length;
}
}
if(data3.gateway !== undefined){
if(!(validate62(data3.gateway, {instancePath:instancePath+"/spec/gateway",parentData:data3,parentDataProperty:"gateway",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate62.errors : vErrors.concat(validate62.errors);
errors = vErrors.length;
}
}
if(data3.timeout !== undefined){
if(!(validate155(data3.timeout, {instancePath:instancePath+"/spec/timeout",parentData:data3,parentDataProperty:"timeout",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate155.errors : vErrors.concat(validate155.errors);
errors = vErrors.length;
}
}
if(data3.retries !== undefined){
if(!(validate190(data3.retries, {instancePath:instancePath+"/spec/retries",parentData:data3,parentDataProperty:"retries",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate190.errors : vErrors.concat(validate190.errors);
errors = vErrors.length;
}
}
if(data3.connections !== undefined){
if(!(validate198(data3.connections, {instancePath:instancePath+"/spec/connections",parentData:data3,parentDataProperty:"connections",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate198.errors : vErrors.concat(validate198.errors);
errors = vErrors.length;
}
}
if(data3.outlierDetection !== undefined){
if(!(validate202(data3.outlierDetection, {instancePath:instancePath+"/spec/outlierDetection",parentData:data3,parentDataProperty:"outlierDetection",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate202.errors : vErrors.concat(validate202.errors);
errors = vErrors.length;
}
}
if(data3.loadBalancing !== undefined){
if(!(validate209(data3.loadBalancing, {instancePath:instancePath+"/spec/loadBalancing",parentData:data3,parentDataProperty:"loadBalancing",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate209.errors : vErrors.concat(validate209.errors);
errors = vErrors.length;
}
}
if(data3.retryBudget !== undefined){
if(!(validate215(data3.retryBudget, {instancePath:instancePath+"/spec/retryBudget",parentData:data3,parentDataProperty:"retryBudget",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate215.errors : vErrors.concat(validate215.errors);
errors = vErrors.length;
}
}
if(data3.rateLimit !== undefined){
if(!(validate218(data3.rateLimit, {instancePath:instancePath+"/spec/rateLimit",parentData:data3,parentDataProperty:"rateLimit",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate218.errors : vErrors.concat(validate218.errors);
errors = vErrors.length;
}
}
if(data3.locality !== undefined){
if(!(validate221(data3.locality, {instancePath:instancePath+"/spec/locality",parentData:data3,parentDataProperty:"locality",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate221.errors : vErrors.concat(validate221.errors);
errors = vErrors.length;
}
}
}
else {
const err19 = {instancePath:instancePath+"/spec",schemaPath:"#/$defs/ExternalDocument/properties/spec/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err19);
errors++;
}
}
}
else {
const err20 = {instancePath,schemaPath:"#/$defs/ExternalDocument/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err20);
errors++;
}
validate163.errors = vErrors;
return errors === 0;
}
validate163.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const isGateway = validate225;
const schema83 = {"type":"object","required":["apiVersion","kind","metadata","spec"],"additionalProperties":false,"properties":{"apiVersion":{"type":"string","const":"mesh/v1"},"kind":{"type":"string","const":"Gateway"},"metadata":{"$ref":"definition:/Metadata"},"spec":{"type":"object","if":{"properties":{"type":{"const":"egress"}},"required":["type"]},"else":{"properties":{"listeners":true},"required":["listeners"]},"additionalProperties":false,"properties":{"type":{"type":"string","enum":["ingress","egress"]},"workload":{"$ref":"definition:/Workload"},"endpoints":{"type":"array","items":{"$ref":"definition:/GatewayEndpoint"}},"of":{"$ref":"definition:/GatewayReference"},"admits":{"type":"array","minItems":1,"items":{"$ref":"definition:/DnsLabel"}},"listeners":{"type":"object","minProperties":1,"propertyNames":{"$ref":"definition:/DnsLabel"},"additionalProperties":{"$ref":"definition:/Listener"}}}}},"$id":"definition:/GatewayDocument"};
const schema84 = {"type":"object","additionalProperties":false,"properties":{"labels":{"$ref":"definition:/Labels"},"serviceAccount":{"$ref":"definition:/ServiceAccountName"}},"$id":"definition:/Workload"};
const schema85 = {"type":"string","maxLength":253,"pattern":"^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$","$id":"definition:/ServiceAccountName"};
const pattern34 = new RegExp("^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$", "u");

function validate229(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate229.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(typeof data === "string"){
if(func1(data) > 253){
const err0 = {instancePath,schemaPath:"#/$defs/ServiceAccountName/maxLength",keyword:"maxLength",params:{limit: 253},message:"must NOT have more than 253 characters"};
(vErrors ??= []).push(err0);
errors++;
}
if(!pattern34.test(data)){
const err1 = {instancePath,schemaPath:"#/$defs/ServiceAccountName/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$"},message:"must match pattern \""+"^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$"+"\""};
(vErrors ??= []).push(err1);
errors++;
}
}
else {
const err2 = {instancePath,schemaPath:"#/$defs/ServiceAccountName/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err2);
errors++;
}
validate229.errors = vErrors;
return errors === 0;
}
validate229.evaluated = {"dynamicProps":false,"dynamicItems":false};


function validate227(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate227.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!((key0 === "labels") || (key0 === "serviceAccount"))){
const err0 = {instancePath,schemaPath:"#/$defs/Workload/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
(vErrors ??= []).push(err0);
errors++;
}
}
if(data.labels !== undefined){
if(!(validate57(data.labels, {instancePath:instancePath+"/labels",parentData:data,parentDataProperty:"labels",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate57.errors : vErrors.concat(validate57.errors);
errors = vErrors.length;
}
}
if(data.serviceAccount !== undefined){
if(!(validate229(data.serviceAccount, {instancePath:instancePath+"/serviceAccount",parentData:data,parentDataProperty:"serviceAccount",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate229.errors : vErrors.concat(validate229.errors);
errors = vErrors.length;
}
}
}
else {
const err1 = {instancePath,schemaPath:"#/$defs/Workload/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err1);
errors++;
}
validate227.errors = vErrors;
return errors === 0;
}
validate227.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema86 = {"type":"object","required":["address"],"additionalProperties":false,"properties":{"name":{"type":"string","maxLength":63,"pattern":"^[a-z](?:[-a-z0-9]*[a-z0-9])?$"},"address":{"$ref":"definition:/IpAddress"},"admin":{"$ref":"definition:/EndpointAddress"}},"$id":"definition:/GatewayEndpoint"};
const pattern35 = new RegExp("^[a-z](?:[-a-z0-9]*[a-z0-9])?$", "u");
const schema87 = {"type":"string","pattern":"^(?:(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])\\.){3}(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])|\\[(?:[0-9A-Fa-f]{0,4}:){2,7}(?:[0-9A-Fa-f]{1,4}|(?:[0-9]{1,3}\\.){3}[0-9]{1,3})?\\]|(?:[a-z0-9](?:[-_a-z0-9]{0,61}[a-z0-9])?\\.)*[a-z](?:[-_a-z0-9]{0,61}[a-z0-9])?):(?:[1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])$","$id":"definition:/EndpointAddress"};
const pattern36 = new RegExp("^(?:(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])\\.){3}(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])|\\[(?:[0-9A-Fa-f]{0,4}:){2,7}(?:[0-9A-Fa-f]{1,4}|(?:[0-9]{1,3}\\.){3}[0-9]{1,3})?\\]|(?:[a-z0-9](?:[-_a-z0-9]{0,61}[a-z0-9])?\\.)*[a-z](?:[-_a-z0-9]{0,61}[a-z0-9])?):(?:[1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])$", "u");

function validate234(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate234.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(typeof data === "string"){
if(!pattern36.test(data)){
const err0 = {instancePath,schemaPath:"#/$defs/EndpointAddress/pattern",keyword:"pattern",params:{pattern: "^(?:(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])\\.){3}(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])|\\[(?:[0-9A-Fa-f]{0,4}:){2,7}(?:[0-9A-Fa-f]{1,4}|(?:[0-9]{1,3}\\.){3}[0-9]{1,3})?\\]|(?:[a-z0-9](?:[-_a-z0-9]{0,61}[a-z0-9])?\\.)*[a-z](?:[-_a-z0-9]{0,61}[a-z0-9])?):(?:[1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])$"},message:"must match pattern \""+"^(?:(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])\\.){3}(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])|\\[(?:[0-9A-Fa-f]{0,4}:){2,7}(?:[0-9A-Fa-f]{1,4}|(?:[0-9]{1,3}\\.){3}[0-9]{1,3})?\\]|(?:[a-z0-9](?:[-_a-z0-9]{0,61}[a-z0-9])?\\.)*[a-z](?:[-_a-z0-9]{0,61}[a-z0-9])?):(?:[1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])$"+"\""};
(vErrors ??= []).push(err0);
errors++;
}
}
else {
const err1 = {instancePath,schemaPath:"#/$defs/EndpointAddress/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err1);
errors++;
}
validate234.errors = vErrors;
return errors === 0;
}
validate234.evaluated = {"dynamicProps":false,"dynamicItems":false};


function validate232(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate232.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.address === undefined){
const err0 = {instancePath,schemaPath:"#/$defs/GatewayEndpoint/required",keyword:"required",params:{missingProperty: "address"},message:"must have required property '"+"address"+"'"};
(vErrors ??= []).push(err0);
errors++;
}
for(const key0 in data){
if(!(((key0 === "name") || (key0 === "address")) || (key0 === "admin"))){
const err1 = {instancePath,schemaPath:"#/$defs/GatewayEndpoint/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
(vErrors ??= []).push(err1);
errors++;
}
}
if(data.name !== undefined){
let data0 = data.name;
if(typeof data0 === "string"){
if(func1(data0) > 63){
const err2 = {instancePath:instancePath+"/name",schemaPath:"#/$defs/GatewayEndpoint/properties/name/maxLength",keyword:"maxLength",params:{limit: 63},message:"must NOT have more than 63 characters"};
(vErrors ??= []).push(err2);
errors++;
}
if(!pattern35.test(data0)){
const err3 = {instancePath:instancePath+"/name",schemaPath:"#/$defs/GatewayEndpoint/properties/name/pattern",keyword:"pattern",params:{pattern: "^[a-z](?:[-a-z0-9]*[a-z0-9])?$"},message:"must match pattern \""+"^[a-z](?:[-a-z0-9]*[a-z0-9])?$"+"\""};
(vErrors ??= []).push(err3);
errors++;
}
}
else {
const err4 = {instancePath:instancePath+"/name",schemaPath:"#/$defs/GatewayEndpoint/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err4);
errors++;
}
}
if(data.address !== undefined){
if(!(validate166(data.address, {instancePath:instancePath+"/address",parentData:data,parentDataProperty:"address",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate166.errors : vErrors.concat(validate166.errors);
errors = vErrors.length;
}
}
if(data.admin !== undefined){
if(!(validate234(data.admin, {instancePath:instancePath+"/admin",parentData:data,parentDataProperty:"admin",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate234.errors : vErrors.concat(validate234.errors);
errors = vErrors.length;
}
}
}
else {
const err5 = {instancePath,schemaPath:"#/$defs/GatewayEndpoint/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err5);
errors++;
}
validate232.errors = vErrors;
return errors === 0;
}
validate232.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema88 = {"type":"object","required":["port","protocol"],"additionalProperties":false,"properties":{"port":{"$ref":"definition:/PortNumber"},"protocol":{"type":"string","enum":["http","https","tls","tcp"]},"hostnames":{"type":"array","minItems":1,"items":{"$ref":"definition:/HostPattern"}},"httpsRedirect":{"type":"boolean"},"clientAddress":{"type":["string","object"],"pattern":"^(?:connection|proxyProtocol)$","required":["forwarded"],"additionalProperties":false,"properties":{"forwarded":{"type":"integer","minimum":1,"maximum":100}}},"tls":{"$ref":"definition:/ListenerTls"}},"$id":"definition:/Listener"};
const schema89 = {"type":"object","required":["certificate"],"additionalProperties":false,"properties":{"certificate":{"$ref":"definition:/ServerCertificate"},"minVersion":{"type":"string","enum":["1.2","1.3"]},"clientCertificates":{"$ref":"definition:/ClientCertificates"}},"$id":"definition:/ListenerTls"};
const schema90 = {"type":"object","minProperties":1,"maxProperties":1,"additionalProperties":false,"properties":{"secret":{"$ref":"definition:/SecretReference"},"files":{"type":"object","required":["certificate","key"],"additionalProperties":false,"properties":{"certificate":{"$ref":"definition:/FilePath"},"key":{"$ref":"definition:/FilePath"}}},"issued":{"type":"boolean","const":true}},"$id":"definition:/ServerCertificate"};

function validate244(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate244.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(Object.keys(data).length > 1){
const err0 = {instancePath,schemaPath:"#/$defs/ServerCertificate/maxProperties",keyword:"maxProperties",params:{limit: 1},message:"must NOT have more than 1 properties"};
(vErrors ??= []).push(err0);
errors++;
}
if(Object.keys(data).length < 1){
const err1 = {instancePath,schemaPath:"#/$defs/ServerCertificate/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties"};
(vErrors ??= []).push(err1);
errors++;
}
for(const key0 in data){
if(!(((key0 === "secret") || (key0 === "files")) || (key0 === "issued"))){
const err2 = {instancePath,schemaPath:"#/$defs/ServerCertificate/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
(vErrors ??= []).push(err2);
errors++;
}
}
if(data.secret !== undefined){
if(!(validate182(data.secret, {instancePath:instancePath+"/secret",parentData:data,parentDataProperty:"secret",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate182.errors : vErrors.concat(validate182.errors);
errors = vErrors.length;
}
}
if(data.files !== undefined){
let data1 = data.files;
if(data1 && typeof data1 == "object" && !Array.isArray(data1)){
if(data1.certificate === undefined){
const err3 = {instancePath:instancePath+"/files",schemaPath:"#/$defs/ServerCertificate/properties/files/required",keyword:"required",params:{missingProperty: "certificate"},message:"must have required property '"+"certificate"+"'"};
(vErrors ??= []).push(err3);
errors++;
}
if(data1.key === undefined){
const err4 = {instancePath:instancePath+"/files",schemaPath:"#/$defs/ServerCertificate/properties/files/required",keyword:"required",params:{missingProperty: "key"},message:"must have required property '"+"key"+"'"};
(vErrors ??= []).push(err4);
errors++;
}
for(const key1 in data1){
if(!((key1 === "certificate") || (key1 === "key"))){
const err5 = {instancePath:instancePath+"/files",schemaPath:"#/$defs/ServerCertificate/properties/files/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties"};
(vErrors ??= []).push(err5);
errors++;
}
}
if(data1.certificate !== undefined){
if(!(validate180(data1.certificate, {instancePath:instancePath+"/files/certificate",parentData:data1,parentDataProperty:"certificate",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate180.errors : vErrors.concat(validate180.errors);
errors = vErrors.length;
}
}
if(data1.key !== undefined){
if(!(validate180(data1.key, {instancePath:instancePath+"/files/key",parentData:data1,parentDataProperty:"key",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate180.errors : vErrors.concat(validate180.errors);
errors = vErrors.length;
}
}
}
else {
const err6 = {instancePath:instancePath+"/files",schemaPath:"#/$defs/ServerCertificate/properties/files/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err6);
errors++;
}
}
if(data.issued !== undefined){
let data4 = data.issued;
if(typeof data4 !== "boolean"){
const err7 = {instancePath:instancePath+"/issued",schemaPath:"#/$defs/ServerCertificate/properties/issued/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
(vErrors ??= []).push(err7);
errors++;
}
if(true !== data4){
const err8 = {instancePath:instancePath+"/issued",schemaPath:"#/$defs/ServerCertificate/properties/issued/const",keyword:"const",params:{allowedValue: true},message:"must be equal to constant"};
(vErrors ??= []).push(err8);
errors++;
}
}
}
else {
const err9 = {instancePath,schemaPath:"#/$defs/ServerCertificate/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err9);
errors++;
}
validate244.errors = vErrors;
return errors === 0;
}
validate244.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema91 = {"type":"object","required":["ca"],"additionalProperties":false,"properties":{"ca":{"$ref":"definition:/CertificateAuthority"},"required":{"type":"boolean"}},"$id":"definition:/ClientCertificates"};

function validate249(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate249.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.ca === undefined){
const err0 = {instancePath,schemaPath:"#/$defs/ClientCertificates/required",keyword:"required",params:{missingProperty: "ca"},message:"must have required property '"+"ca"+"'"};
(vErrors ??= []).push(err0);
errors++;
}
for(const key0 in data){
if(!((key0 === "ca") || (key0 === "required"))){
const err1 = {instancePath,schemaPath:"#/$defs/ClientCertificates/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
(vErrors ??= []).push(err1);
errors++;
}
}
if(data.ca !== undefined){
if(!(validate179(data.ca, {instancePath:instancePath+"/ca",parentData:data,parentDataProperty:"ca",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate179.errors : vErrors.concat(validate179.errors);
errors = vErrors.length;
}
}
if(data.required !== undefined){
if(typeof data.required !== "boolean"){
const err2 = {instancePath:instancePath+"/required",schemaPath:"#/$defs/ClientCertificates/properties/required/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
(vErrors ??= []).push(err2);
errors++;
}
}
}
else {
const err3 = {instancePath,schemaPath:"#/$defs/ClientCertificates/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err3);
errors++;
}
validate249.errors = vErrors;
return errors === 0;
}
validate249.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};


function validate243(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate243.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.certificate === undefined){
const err0 = {instancePath,schemaPath:"#/$defs/ListenerTls/required",keyword:"required",params:{missingProperty: "certificate"},message:"must have required property '"+"certificate"+"'"};
(vErrors ??= []).push(err0);
errors++;
}
for(const key0 in data){
if(!(((key0 === "certificate") || (key0 === "minVersion")) || (key0 === "clientCertificates"))){
const err1 = {instancePath,schemaPath:"#/$defs/ListenerTls/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
(vErrors ??= []).push(err1);
errors++;
}
}
if(data.certificate !== undefined){
if(!(validate244(data.certificate, {instancePath:instancePath+"/certificate",parentData:data,parentDataProperty:"certificate",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate244.errors : vErrors.concat(validate244.errors);
errors = vErrors.length;
}
}
if(data.minVersion !== undefined){
let data1 = data.minVersion;
if(typeof data1 !== "string"){
const err2 = {instancePath:instancePath+"/minVersion",schemaPath:"#/$defs/ListenerTls/properties/minVersion/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err2);
errors++;
}
if(!((data1 === "1.2") || (data1 === "1.3"))){
const err3 = {instancePath:instancePath+"/minVersion",schemaPath:"#/$defs/ListenerTls/properties/minVersion/enum",keyword:"enum",params:{allowedValues: schema89.properties.minVersion.enum},message:"must be equal to one of the allowed values"};
(vErrors ??= []).push(err3);
errors++;
}
}
if(data.clientCertificates !== undefined){
if(!(validate249(data.clientCertificates, {instancePath:instancePath+"/clientCertificates",parentData:data,parentDataProperty:"clientCertificates",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate249.errors : vErrors.concat(validate249.errors);
errors = vErrors.length;
}
}
}
else {
const err4 = {instancePath,schemaPath:"#/$defs/ListenerTls/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err4);
errors++;
}
validate243.errors = vErrors;
return errors === 0;
}
validate243.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const pattern37 = new RegExp("^(?:connection|proxyProtocol)$", "u");

function validate240(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate240.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.port === undefined){
const err0 = {instancePath,schemaPath:"#/$defs/Listener/required",keyword:"required",params:{missingProperty: "port"},message:"must have required property '"+"port"+"'"};
(vErrors ??= []).push(err0);
errors++;
}
if(data.protocol === undefined){
const err1 = {instancePath,schemaPath:"#/$defs/Listener/required",keyword:"required",params:{missingProperty: "protocol"},message:"must have required property '"+"protocol"+"'"};
(vErrors ??= []).push(err1);
errors++;
}
for(const key0 in data){
if(!((((((key0 === "port") || (key0 === "protocol")) || (key0 === "hostnames")) || (key0 === "httpsRedirect")) || (key0 === "clientAddress")) || (key0 === "tls"))){
const err2 = {instancePath,schemaPath:"#/$defs/Listener/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
(vErrors ??= []).push(err2);
errors++;
}
}
if(data.port !== undefined){
if(!(validate170(data.port, {instancePath:instancePath+"/port",parentData:data,parentDataProperty:"port",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate170.errors : vErrors.concat(validate170.errors);
errors = vErrors.length;
}
}
if(data.protocol !== undefined){
let data1 = data.protocol;
if(typeof data1 !== "string"){
const err3 = {instancePath:instancePath+"/protocol",schemaPath:"#/$defs/Listener/properties/protocol/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err3);
errors++;
}
if(!((((data1 === "http") || (data1 === "https")) || (data1 === "tls")) || (data1 === "tcp"))){
const err4 = {instancePath:instancePath+"/protocol",schemaPath:"#/$defs/Listener/properties/protocol/enum",keyword:"enum",params:{allowedValues: schema88.properties.protocol.enum},message:"must be equal to one of the allowed values"};
(vErrors ??= []).push(err4);
errors++;
}
}
if(data.hostnames !== undefined){
let data2 = data.hostnames;
if(Array.isArray(data2)){
if(data2.length < 1){
const err5 = {instancePath:instancePath+"/hostnames",schemaPath:"#/$defs/Listener/properties/hostnames/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
(vErrors ??= []).push(err5);
errors++;
}
const len0 = data2.length;
for(let i0=0; i0<len0; i0++){
if(!(validate97(data2[i0], {instancePath:instancePath+"/hostnames/" + i0,parentData:data2,parentDataProperty:i0,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate97.errors : vErrors.concat(validate97.errors);
errors = vErrors.length;
}
}
}
else {
const err6 = {instancePath:instancePath+"/hostnames",schemaPath:"#/$defs/Listener/properties/hostnames/type",keyword:"type",params:{type: "array"},message:"must be array"};
(vErrors ??= []).push(err6);
errors++;
}
}
if(data.httpsRedirect !== undefined){
if(typeof data.httpsRedirect !== "boolean"){
const err7 = {instancePath:instancePath+"/httpsRedirect",schemaPath:"#/$defs/Listener/properties/httpsRedirect/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
(vErrors ??= []).push(err7);
errors++;
}
}
if(data.clientAddress !== undefined){
let data5 = data.clientAddress;
if((typeof data5 !== "string") && (!(data5 && typeof data5 == "object" && !Array.isArray(data5)))){
const err8 = {instancePath:instancePath+"/clientAddress",schemaPath:"#/$defs/Listener/properties/clientAddress/type",keyword:"type",params:{type: schema88.properties.clientAddress.type},message:"must be string,object"};
(vErrors ??= []).push(err8);
errors++;
}
if(typeof data5 === "string"){
if(!pattern37.test(data5)){
const err9 = {instancePath:instancePath+"/clientAddress",schemaPath:"#/$defs/Listener/properties/clientAddress/pattern",keyword:"pattern",params:{pattern: "^(?:connection|proxyProtocol)$"},message:"must match pattern \""+"^(?:connection|proxyProtocol)$"+"\""};
(vErrors ??= []).push(err9);
errors++;
}
}
if(data5 && typeof data5 == "object" && !Array.isArray(data5)){
if(data5.forwarded === undefined){
const err10 = {instancePath:instancePath+"/clientAddress",schemaPath:"#/$defs/Listener/properties/clientAddress/required",keyword:"required",params:{missingProperty: "forwarded"},message:"must have required property '"+"forwarded"+"'"};
(vErrors ??= []).push(err10);
errors++;
}
for(const key1 in data5){
if(!(key1 === "forwarded")){
const err11 = {instancePath:instancePath+"/clientAddress",schemaPath:"#/$defs/Listener/properties/clientAddress/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties"};
(vErrors ??= []).push(err11);
errors++;
}
}
if(data5.forwarded !== undefined){
let data6 = data5.forwarded;
if(!(((typeof data6 == "number") && (!(data6 % 1) && !isNaN(data6))) && (isFinite(data6)))){
const err12 = {instancePath:instancePath+"/clientAddress/forwarded",schemaPath:"#/$defs/Listener/properties/clientAddress/properties/forwarded/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
(vErrors ??= []).push(err12);
errors++;
}
if((typeof data6 == "number") && (isFinite(data6))){
if(data6 > 100 || isNaN(data6)){
const err13 = {instancePath:instancePath+"/clientAddress/forwarded",schemaPath:"#/$defs/Listener/properties/clientAddress/properties/forwarded/maximum",keyword:"maximum",params:{comparison: "<=", limit: 100},message:"must be <= 100"};
(vErrors ??= []).push(err13);
errors++;
}
if(data6 < 1 || isNaN(data6)){
const err14 = {instancePath:instancePath+"/clientAddress/forwarded",schemaPath:"#/$defs/Listener/properties/clientAddress/properties/forwarded/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"};
(vErrors ??= []).push(err14);
errors++;
}
}
}
}
}
if(data.tls !== undefined){
if(!(validate243(data.tls, {instancePath:instancePath+"/tls",parentData:data,parentDataProperty:"tls",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate243.errors : vErrors.concat(validate243.errors);
errors = vErrors.length;
}
}
}
else {
const err15 = {instancePath,schemaPath:"#/$defs/Listener/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err15);
errors++;
}
validate240.errors = vErrors;
return errors === 0;
}
validate240.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};


function validate225(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate225.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.apiVersion === undefined){
const err0 = {instancePath,schemaPath:"#/$defs/GatewayDocument/required",keyword:"required",params:{missingProperty: "apiVersion"},message:"must have required property '"+"apiVersion"+"'"};
(vErrors ??= []).push(err0);
errors++;
}
if(data.kind === undefined){
const err1 = {instancePath,schemaPath:"#/$defs/GatewayDocument/required",keyword:"required",params:{missingProperty: "kind"},message:"must have required property '"+"kind"+"'"};
(vErrors ??= []).push(err1);
errors++;
}
if(data.metadata === undefined){
const err2 = {instancePath,schemaPath:"#/$defs/GatewayDocument/required",keyword:"required",params:{missingProperty: "metadata"},message:"must have required property '"+"metadata"+"'"};
(vErrors ??= []).push(err2);
errors++;
}
if(data.spec === undefined){
const err3 = {instancePath,schemaPath:"#/$defs/GatewayDocument/required",keyword:"required",params:{missingProperty: "spec"},message:"must have required property '"+"spec"+"'"};
(vErrors ??= []).push(err3);
errors++;
}
for(const key0 in data){
if(!((((key0 === "apiVersion") || (key0 === "kind")) || (key0 === "metadata")) || (key0 === "spec"))){
const err4 = {instancePath,schemaPath:"#/$defs/GatewayDocument/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
(vErrors ??= []).push(err4);
errors++;
}
}
if(data.apiVersion !== undefined){
let data0 = data.apiVersion;
if(typeof data0 !== "string"){
const err5 = {instancePath:instancePath+"/apiVersion",schemaPath:"#/$defs/GatewayDocument/properties/apiVersion/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err5);
errors++;
}
if("mesh/v1" !== data0){
const err6 = {instancePath:instancePath+"/apiVersion",schemaPath:"#/$defs/GatewayDocument/properties/apiVersion/const",keyword:"const",params:{allowedValue: "mesh/v1"},message:"must be equal to constant"};
(vErrors ??= []).push(err6);
errors++;
}
}
if(data.kind !== undefined){
let data1 = data.kind;
if(typeof data1 !== "string"){
const err7 = {instancePath:instancePath+"/kind",schemaPath:"#/$defs/GatewayDocument/properties/kind/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err7);
errors++;
}
if("Gateway" !== data1){
const err8 = {instancePath:instancePath+"/kind",schemaPath:"#/$defs/GatewayDocument/properties/kind/const",keyword:"const",params:{allowedValue: "Gateway"},message:"must be equal to constant"};
(vErrors ??= []).push(err8);
errors++;
}
}
if(data.metadata !== undefined){
if(!(validate53(data.metadata, {instancePath:instancePath+"/metadata",parentData:data,parentDataProperty:"metadata",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate53.errors : vErrors.concat(validate53.errors);
errors = vErrors.length;
}
}
if(data.spec !== undefined){
let data3 = data.spec;
const _errs9 = errors;
let valid1 = true;
const _errs10 = errors;
if(data3 && typeof data3 == "object" && !Array.isArray(data3)){
let missing0;
if((data3.type === undefined) && (missing0 = "type")){
const err9 = {};
(vErrors ??= []).push(err9);
errors++;
}
else {
if(data3.type !== undefined){
if("egress" !== data3.type){
const err10 = {};
(vErrors ??= []).push(err10);
errors++;
}
}
}
}
var _valid0 = _errs10 === errors;
errors = _errs9;
if(vErrors !== null){
if(_errs9){
vErrors.length = _errs9;
}
else {
vErrors = null;
}
}
if(!_valid0){
const _errs12 = errors;
if(data3 && typeof data3 == "object" && !Array.isArray(data3)){
if(data3.listeners === undefined){
const err11 = {instancePath:instancePath+"/spec",schemaPath:"#/$defs/GatewayDocument/properties/spec/else/required",keyword:"required",params:{missingProperty: "listeners"},message:"must have required property '"+"listeners"+"'"};
(vErrors ??= []).push(err11);
errors++;
}
}
var _valid0 = _errs12 === errors;
valid1 = _valid0;
if(valid1){
var props0 = {};
props0.listeners = true;
props0.type = true;
}
}
if(!valid1){
const err12 = {instancePath:instancePath+"/spec",schemaPath:"#/$defs/GatewayDocument/properties/spec/if",keyword:"if",params:{failingKeyword: "else"},message:"must match \"else\" schema"};
(vErrors ??= []).push(err12);
errors++;
}
if(data3 && typeof data3 == "object" && !Array.isArray(data3)){
for(const key1 in data3){
if(!((((((key1 === "type") || (key1 === "workload")) || (key1 === "endpoints")) || (key1 === "of")) || (key1 === "admits")) || (key1 === "listeners"))){
const err13 = {instancePath:instancePath+"/spec",schemaPath:"#/$defs/GatewayDocument/properties/spec/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties"};
(vErrors ??= []).push(err13);
errors++;
}
}
if(data3.type !== undefined){
let data5 = data3.type;
if(typeof data5 !== "string"){
const err14 = {instancePath:instancePath+"/spec/type",schemaPath:"#/$defs/GatewayDocument/properties/spec/properties/type/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err14);
errors++;
}
if(!((data5 === "ingress") || (data5 === "egress"))){
const err15 = {instancePath:instancePath+"/spec/type",schemaPath:"#/$defs/GatewayDocument/properties/spec/properties/type/enum",keyword:"enum",params:{allowedValues: schema83.properties.spec.properties.type.enum},message:"must be equal to one of the allowed values"};
(vErrors ??= []).push(err15);
errors++;
}
}
if(data3.workload !== undefined){
if(!(validate227(data3.workload, {instancePath:instancePath+"/spec/workload",parentData:data3,parentDataProperty:"workload",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate227.errors : vErrors.concat(validate227.errors);
errors = vErrors.length;
}
}
if(data3.endpoints !== undefined){
let data7 = data3.endpoints;
if(Array.isArray(data7)){
const len0 = data7.length;
for(let i0=0; i0<len0; i0++){
if(!(validate232(data7[i0], {instancePath:instancePath+"/spec/endpoints/" + i0,parentData:data7,parentDataProperty:i0,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate232.errors : vErrors.concat(validate232.errors);
errors = vErrors.length;
}
}
}
else {
const err16 = {instancePath:instancePath+"/spec/endpoints",schemaPath:"#/$defs/GatewayDocument/properties/spec/properties/endpoints/type",keyword:"type",params:{type: "array"},message:"must be array"};
(vErrors ??= []).push(err16);
errors++;
}
}
if(data3.of !== undefined){
if(!(validate62(data3.of, {instancePath:instancePath+"/spec/of",parentData:data3,parentDataProperty:"of",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate62.errors : vErrors.concat(validate62.errors);
errors = vErrors.length;
}
}
if(data3.admits !== undefined){
let data10 = data3.admits;
if(Array.isArray(data10)){
if(data10.length < 1){
const err17 = {instancePath:instancePath+"/spec/admits",schemaPath:"#/$defs/GatewayDocument/properties/spec/properties/admits/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
(vErrors ??= []).push(err17);
errors++;
}
const len1 = data10.length;
for(let i1=0; i1<len1; i1++){
if(!(validate54(data10[i1], {instancePath:instancePath+"/spec/admits/" + i1,parentData:data10,parentDataProperty:i1,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate54.errors : vErrors.concat(validate54.errors);
errors = vErrors.length;
}
}
}
else {
const err18 = {instancePath:instancePath+"/spec/admits",schemaPath:"#/$defs/GatewayDocument/properties/spec/properties/admits/type",keyword:"type",params:{type: "array"},message:"must be array"};
(vErrors ??= []).push(err18);
errors++;
}
}
if(data3.listeners !== undefined){
let data12 = data3.listeners;
if(data12 && typeof data12 == "object" && !Array.isArray(data12)){
if(Object.keys(data12).length < 1){
const err19 = {instancePath:instancePath+"/spec/listeners",schemaPath:"#/$defs/GatewayDocument/properties/spec/properties/listeners/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties"};
(vErrors ??= []).push(err19);
errors++;
}
for(const key2 in data12){
const _errs26 = errors;
if(!(validate54(key2, {instancePath:instancePath+"/spec/listeners",parentData:data12,parentDataProperty:"listeners",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate54.errors : vErrors.concat(validate54.errors);
errors = vErrors.length;
}
var valid8 = _errs26 === errors;
if(!valid8){
const err20 = {instancePath:instancePath+"/spec/listeners",schemaPath:"#/$defs/GatewayDocument/properties/spec/properties/listeners/propertyNames",keyword:"propertyNames",params:{propertyName: key2},message:"property name must be valid"};
(vErrors ??= []).push(err20);
errors++;
}
}
for(const key3 in data12){
if(!(validate240(data12[key3], {instancePath:instancePath+"/spec/listeners/" + key3.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data12,parentDataProperty:key3,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate240.errors : vErrors.concat(validate240.errors);
errors = vErrors.length;
}
}
}
else {
const err21 = {instancePath:instancePath+"/spec/listeners",schemaPath:"#/$defs/GatewayDocument/properties/spec/properties/listeners/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err21);
errors++;
}
}
}
else {
const err22 = {instancePath:instancePath+"/spec",schemaPath:"#/$defs/GatewayDocument/properties/spec/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err22);
errors++;
}
}
}
else {
const err23 = {instancePath,schemaPath:"#/$defs/GatewayDocument/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err23);
errors++;
}
validate225.errors = vErrors;
return errors === 0;
}
validate225.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const isGuardrail = validate254;
const schema92 = {"type":"object","required":["apiVersion","kind","metadata","spec"],"additionalProperties":false,"properties":{"apiVersion":{"type":"string","const":"mesh/v1"},"kind":{"type":"string","const":"Guardrail"},"metadata":{"$ref":"definition:/GlobalMetadata"},"spec":{"type":"object","minProperties":1,"additionalProperties":false,"properties":{"validations":{"type":"array","minItems":1,"items":{"$ref":"definition:/Validation"}},"never":{"type":"array","minItems":1,"items":{"$ref":"definition:/Flow"}},"only":{"type":"array","minItems":1,"items":{"$ref":"definition:/Flow"}},"must":{"type":"array","minItems":1,"items":{"$ref":"definition:/Flow"}},"severity":{"type":"string","enum":["error","warning"]},"waivers":{"type":"array","items":{"$ref":"definition:/Waiver"}}}}},"$id":"definition:/GuardrailDocument"};
const schema93 = {"type":"object","required":["name"],"additionalProperties":false,"properties":{"name":{"$ref":"definition:/DnsLabel"},"labels":{"$ref":"definition:/Labels"},"annotations":{"$ref":"definition:/Annotations"}},"$id":"definition:/GlobalMetadata"};

function validate255(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate255.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.name === undefined){
const err0 = {instancePath,schemaPath:"#/$defs/GlobalMetadata/required",keyword:"required",params:{missingProperty: "name"},message:"must have required property '"+"name"+"'"};
(vErrors ??= []).push(err0);
errors++;
}
for(const key0 in data){
if(!(((key0 === "name") || (key0 === "labels")) || (key0 === "annotations"))){
const err1 = {instancePath,schemaPath:"#/$defs/GlobalMetadata/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
(vErrors ??= []).push(err1);
errors++;
}
}
if(data.name !== undefined){
if(!(validate54(data.name, {instancePath:instancePath+"/name",parentData:data,parentDataProperty:"name",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate54.errors : vErrors.concat(validate54.errors);
errors = vErrors.length;
}
}
if(data.labels !== undefined){
if(!(validate57(data.labels, {instancePath:instancePath+"/labels",parentData:data,parentDataProperty:"labels",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate57.errors : vErrors.concat(validate57.errors);
errors = vErrors.length;
}
}
if(data.annotations !== undefined){
if(!(validate59(data.annotations, {instancePath:instancePath+"/annotations",parentData:data,parentDataProperty:"annotations",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate59.errors : vErrors.concat(validate59.errors);
errors = vErrors.length;
}
}
}
else {
const err2 = {instancePath,schemaPath:"#/$defs/GlobalMetadata/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err2);
errors++;
}
validate255.errors = vErrors;
return errors === 0;
}
validate255.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema94 = {"type":"object","required":["each","expression"],"additionalProperties":false,"properties":{"each":{"type":"string","enum":["Mesh","Service","Route","Access","Authentication","Gateway","External","Rollout","Profile","Guardrail"]},"expression":{"$ref":"definition:/Expression"},"message":{"type":"string","minLength":1,"maxLength":1024}},"$id":"definition:/Validation"};
const schema95 = {"type":"string","minLength":1,"maxLength":4096,"$id":"definition:/Expression"};

function validate261(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate261.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(typeof data === "string"){
if(func1(data) > 4096){
const err0 = {instancePath,schemaPath:"#/$defs/Expression/maxLength",keyword:"maxLength",params:{limit: 4096},message:"must NOT have more than 4096 characters"};
(vErrors ??= []).push(err0);
errors++;
}
if(func1(data) < 1){
const err1 = {instancePath,schemaPath:"#/$defs/Expression/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
(vErrors ??= []).push(err1);
errors++;
}
}
else {
const err2 = {instancePath,schemaPath:"#/$defs/Expression/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err2);
errors++;
}
validate261.errors = vErrors;
return errors === 0;
}
validate261.evaluated = {"dynamicProps":false,"dynamicItems":false};


function validate260(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate260.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.each === undefined){
const err0 = {instancePath,schemaPath:"#/$defs/Validation/required",keyword:"required",params:{missingProperty: "each"},message:"must have required property '"+"each"+"'"};
(vErrors ??= []).push(err0);
errors++;
}
if(data.expression === undefined){
const err1 = {instancePath,schemaPath:"#/$defs/Validation/required",keyword:"required",params:{missingProperty: "expression"},message:"must have required property '"+"expression"+"'"};
(vErrors ??= []).push(err1);
errors++;
}
for(const key0 in data){
if(!(((key0 === "each") || (key0 === "expression")) || (key0 === "message"))){
const err2 = {instancePath,schemaPath:"#/$defs/Validation/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
(vErrors ??= []).push(err2);
errors++;
}
}
if(data.each !== undefined){
let data0 = data.each;
if(typeof data0 !== "string"){
const err3 = {instancePath:instancePath+"/each",schemaPath:"#/$defs/Validation/properties/each/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err3);
errors++;
}
if(!((((((((((data0 === "Mesh") || (data0 === "Service")) || (data0 === "Route")) || (data0 === "Access")) || (data0 === "Authentication")) || (data0 === "Gateway")) || (data0 === "External")) || (data0 === "Rollout")) || (data0 === "Profile")) || (data0 === "Guardrail"))){
const err4 = {instancePath:instancePath+"/each",schemaPath:"#/$defs/Validation/properties/each/enum",keyword:"enum",params:{allowedValues: schema94.properties.each.enum},message:"must be equal to one of the allowed values"};
(vErrors ??= []).push(err4);
errors++;
}
}
if(data.expression !== undefined){
if(!(validate261(data.expression, {instancePath:instancePath+"/expression",parentData:data,parentDataProperty:"expression",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate261.errors : vErrors.concat(validate261.errors);
errors = vErrors.length;
}
}
if(data.message !== undefined){
let data2 = data.message;
if(typeof data2 === "string"){
if(func1(data2) > 1024){
const err5 = {instancePath:instancePath+"/message",schemaPath:"#/$defs/Validation/properties/message/maxLength",keyword:"maxLength",params:{limit: 1024},message:"must NOT have more than 1024 characters"};
(vErrors ??= []).push(err5);
errors++;
}
if(func1(data2) < 1){
const err6 = {instancePath:instancePath+"/message",schemaPath:"#/$defs/Validation/properties/message/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
(vErrors ??= []).push(err6);
errors++;
}
}
else {
const err7 = {instancePath:instancePath+"/message",schemaPath:"#/$defs/Validation/properties/message/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err7);
errors++;
}
}
}
else {
const err8 = {instancePath,schemaPath:"#/$defs/Validation/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err8);
errors++;
}
validate260.errors = vErrors;
return errors === 0;
}
validate260.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema96 = {"type":"object","required":["from","to"],"additionalProperties":false,"properties":{"from":{"$ref":"definition:/PrincipalList"},"to":{"type":"array","minItems":1,"items":{"$ref":"definition:/FlowTarget"}}},"$id":"definition:/Flow"};
const schema97 = {"type":"object","if":{"properties":{"namespace":false}},"then":{"properties":{"service":true},"required":["service"]},"additionalProperties":false,"properties":{"service":{"$ref":"definition:/ServiceReference"},"namespace":{"$ref":"definition:/DnsLabel"},"ports":{"$ref":"definition:/PortNameList"},"methods":{"$ref":"definition:/MethodList"},"paths":{"$ref":"definition:/PathMatchList"}},"$id":"definition:/FlowTarget"};

function validate266(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate266.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
const _errs1 = errors;
let valid0 = true;
const _errs2 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.namespace !== undefined){
const err0 = {};
(vErrors ??= []).push(err0);
errors++;
}
}
var _valid0 = _errs2 === errors;
errors = _errs1;
if(vErrors !== null){
if(_errs1){
vErrors.length = _errs1;
}
else {
vErrors = null;
}
}
if(_valid0){
const _errs3 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.service === undefined){
const err1 = {instancePath,schemaPath:"#/$defs/FlowTarget/then/required",keyword:"required",params:{missingProperty: "service"},message:"must have required property '"+"service"+"'"};
(vErrors ??= []).push(err1);
errors++;
}
}
var _valid0 = _errs3 === errors;
valid0 = _valid0;
if(valid0){
var props0 = {};
props0.service = true;
props0.namespace = true;
}
}
if(!valid0){
const err2 = {instancePath,schemaPath:"#/$defs/FlowTarget/if",keyword:"if",params:{failingKeyword: "then"},message:"must match \"then\" schema"};
(vErrors ??= []).push(err2);
errors++;
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(((((key0 === "service") || (key0 === "namespace")) || (key0 === "ports")) || (key0 === "methods")) || (key0 === "paths"))){
const err3 = {instancePath,schemaPath:"#/$defs/FlowTarget/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
(vErrors ??= []).push(err3);
errors++;
}
}
if(data.service !== undefined){
if(!(validate67(data.service, {instancePath:instancePath+"/service",parentData:data,parentDataProperty:"service",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate67.errors : vErrors.concat(validate67.errors);
errors = vErrors.length;
}
}
if(data.namespace !== undefined){
if(!(validate54(data.namespace, {instancePath:instancePath+"/namespace",parentData:data,parentDataProperty:"namespace",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate54.errors : vErrors.concat(validate54.errors);
errors = vErrors.length;
}
}
if(data.ports !== undefined){
if(!(validate79(data.ports, {instancePath:instancePath+"/ports",parentData:data,parentDataProperty:"ports",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate79.errors : vErrors.concat(validate79.errors);
errors = vErrors.length;
}
}
if(data.methods !== undefined){
if(!(validate83(data.methods, {instancePath:instancePath+"/methods",parentData:data,parentDataProperty:"methods",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate83.errors : vErrors.concat(validate83.errors);
errors = vErrors.length;
}
}
if(data.paths !== undefined){
if(!(validate87(data.paths, {instancePath:instancePath+"/paths",parentData:data,parentDataProperty:"paths",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate87.errors : vErrors.concat(validate87.errors);
errors = vErrors.length;
}
}
}
else {
const err4 = {instancePath,schemaPath:"#/$defs/FlowTarget/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err4);
errors++;
}
validate266.errors = vErrors;
return errors === 0;
}
validate266.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};


function validate264(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate264.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.from === undefined){
const err0 = {instancePath,schemaPath:"#/$defs/Flow/required",keyword:"required",params:{missingProperty: "from"},message:"must have required property '"+"from"+"'"};
(vErrors ??= []).push(err0);
errors++;
}
if(data.to === undefined){
const err1 = {instancePath,schemaPath:"#/$defs/Flow/required",keyword:"required",params:{missingProperty: "to"},message:"must have required property '"+"to"+"'"};
(vErrors ??= []).push(err1);
errors++;
}
for(const key0 in data){
if(!((key0 === "from") || (key0 === "to"))){
const err2 = {instancePath,schemaPath:"#/$defs/Flow/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
(vErrors ??= []).push(err2);
errors++;
}
}
if(data.from !== undefined){
if(!(validate65(data.from, {instancePath:instancePath+"/from",parentData:data,parentDataProperty:"from",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate65.errors : vErrors.concat(validate65.errors);
errors = vErrors.length;
}
}
if(data.to !== undefined){
let data1 = data.to;
if(Array.isArray(data1)){
if(data1.length < 1){
const err3 = {instancePath:instancePath+"/to",schemaPath:"#/$defs/Flow/properties/to/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
(vErrors ??= []).push(err3);
errors++;
}
const len0 = data1.length;
for(let i0=0; i0<len0; i0++){
if(!(validate266(data1[i0], {instancePath:instancePath+"/to/" + i0,parentData:data1,parentDataProperty:i0,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate266.errors : vErrors.concat(validate266.errors);
errors = vErrors.length;
}
}
}
else {
const err4 = {instancePath:instancePath+"/to",schemaPath:"#/$defs/Flow/properties/to/type",keyword:"type",params:{type: "array"},message:"must be array"};
(vErrors ??= []).push(err4);
errors++;
}
}
}
else {
const err5 = {instancePath,schemaPath:"#/$defs/Flow/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err5);
errors++;
}
validate264.errors = vErrors;
return errors === 0;
}
validate264.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema98 = {"type":"object","required":["service","reason","expires"],"additionalProperties":false,"properties":{"service":{"$ref":"definition:/ServiceReference"},"reason":{"type":"string","minLength":1,"maxLength":1024},"expires":{"type":"string","pattern":"^[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])$"}},"$id":"definition:/Waiver"};
const pattern38 = new RegExp("^[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])$", "u");

function validate276(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate276.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.service === undefined){
const err0 = {instancePath,schemaPath:"#/$defs/Waiver/required",keyword:"required",params:{missingProperty: "service"},message:"must have required property '"+"service"+"'"};
(vErrors ??= []).push(err0);
errors++;
}
if(data.reason === undefined){
const err1 = {instancePath,schemaPath:"#/$defs/Waiver/required",keyword:"required",params:{missingProperty: "reason"},message:"must have required property '"+"reason"+"'"};
(vErrors ??= []).push(err1);
errors++;
}
if(data.expires === undefined){
const err2 = {instancePath,schemaPath:"#/$defs/Waiver/required",keyword:"required",params:{missingProperty: "expires"},message:"must have required property '"+"expires"+"'"};
(vErrors ??= []).push(err2);
errors++;
}
for(const key0 in data){
if(!(((key0 === "service") || (key0 === "reason")) || (key0 === "expires"))){
const err3 = {instancePath,schemaPath:"#/$defs/Waiver/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
(vErrors ??= []).push(err3);
errors++;
}
}
if(data.service !== undefined){
if(!(validate67(data.service, {instancePath:instancePath+"/service",parentData:data,parentDataProperty:"service",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate67.errors : vErrors.concat(validate67.errors);
errors = vErrors.length;
}
}
if(data.reason !== undefined){
let data1 = data.reason;
if(typeof data1 === "string"){
if(func1(data1) > 1024){
const err4 = {instancePath:instancePath+"/reason",schemaPath:"#/$defs/Waiver/properties/reason/maxLength",keyword:"maxLength",params:{limit: 1024},message:"must NOT have more than 1024 characters"};
(vErrors ??= []).push(err4);
errors++;
}
if(func1(data1) < 1){
const err5 = {instancePath:instancePath+"/reason",schemaPath:"#/$defs/Waiver/properties/reason/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
(vErrors ??= []).push(err5);
errors++;
}
}
else {
const err6 = {instancePath:instancePath+"/reason",schemaPath:"#/$defs/Waiver/properties/reason/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err6);
errors++;
}
}
if(data.expires !== undefined){
let data2 = data.expires;
if(typeof data2 === "string"){
if(!pattern38.test(data2)){
const err7 = {instancePath:instancePath+"/expires",schemaPath:"#/$defs/Waiver/properties/expires/pattern",keyword:"pattern",params:{pattern: "^[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])$"},message:"must match pattern \""+"^[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])$"+"\""};
(vErrors ??= []).push(err7);
errors++;
}
}
else {
const err8 = {instancePath:instancePath+"/expires",schemaPath:"#/$defs/Waiver/properties/expires/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err8);
errors++;
}
}
}
else {
const err9 = {instancePath,schemaPath:"#/$defs/Waiver/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err9);
errors++;
}
validate276.errors = vErrors;
return errors === 0;
}
validate276.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};


function validate254(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate254.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.apiVersion === undefined){
const err0 = {instancePath,schemaPath:"#/$defs/GuardrailDocument/required",keyword:"required",params:{missingProperty: "apiVersion"},message:"must have required property '"+"apiVersion"+"'"};
(vErrors ??= []).push(err0);
errors++;
}
if(data.kind === undefined){
const err1 = {instancePath,schemaPath:"#/$defs/GuardrailDocument/required",keyword:"required",params:{missingProperty: "kind"},message:"must have required property '"+"kind"+"'"};
(vErrors ??= []).push(err1);
errors++;
}
if(data.metadata === undefined){
const err2 = {instancePath,schemaPath:"#/$defs/GuardrailDocument/required",keyword:"required",params:{missingProperty: "metadata"},message:"must have required property '"+"metadata"+"'"};
(vErrors ??= []).push(err2);
errors++;
}
if(data.spec === undefined){
const err3 = {instancePath,schemaPath:"#/$defs/GuardrailDocument/required",keyword:"required",params:{missingProperty: "spec"},message:"must have required property '"+"spec"+"'"};
(vErrors ??= []).push(err3);
errors++;
}
for(const key0 in data){
if(!((((key0 === "apiVersion") || (key0 === "kind")) || (key0 === "metadata")) || (key0 === "spec"))){
const err4 = {instancePath,schemaPath:"#/$defs/GuardrailDocument/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
(vErrors ??= []).push(err4);
errors++;
}
}
if(data.apiVersion !== undefined){
let data0 = data.apiVersion;
if(typeof data0 !== "string"){
const err5 = {instancePath:instancePath+"/apiVersion",schemaPath:"#/$defs/GuardrailDocument/properties/apiVersion/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err5);
errors++;
}
if("mesh/v1" !== data0){
const err6 = {instancePath:instancePath+"/apiVersion",schemaPath:"#/$defs/GuardrailDocument/properties/apiVersion/const",keyword:"const",params:{allowedValue: "mesh/v1"},message:"must be equal to constant"};
(vErrors ??= []).push(err6);
errors++;
}
}
if(data.kind !== undefined){
let data1 = data.kind;
if(typeof data1 !== "string"){
const err7 = {instancePath:instancePath+"/kind",schemaPath:"#/$defs/GuardrailDocument/properties/kind/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err7);
errors++;
}
if("Guardrail" !== data1){
const err8 = {instancePath:instancePath+"/kind",schemaPath:"#/$defs/GuardrailDocument/properties/kind/const",keyword:"const",params:{allowedValue: "Guardrail"},message:"must be equal to constant"};
(vErrors ??= []).push(err8);
errors++;
}
}
if(data.metadata !== undefined){
if(!(validate255(data.metadata, {instancePath:instancePath+"/metadata",parentData:data,parentDataProperty:"metadata",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate255.errors : vErrors.concat(validate255.errors);
errors = vErrors.length;
}
}
if(data.spec !== undefined){
let data3 = data.spec;
if(data3 && typeof data3 == "object" && !Array.isArray(data3)){
if(Object.keys(data3).length < 1){
const err9 = {instancePath:instancePath+"/spec",schemaPath:"#/$defs/GuardrailDocument/properties/spec/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties"};
(vErrors ??= []).push(err9);
errors++;
}
for(const key1 in data3){
if(!((((((key1 === "validations") || (key1 === "never")) || (key1 === "only")) || (key1 === "must")) || (key1 === "severity")) || (key1 === "waivers"))){
const err10 = {instancePath:instancePath+"/spec",schemaPath:"#/$defs/GuardrailDocument/properties/spec/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties"};
(vErrors ??= []).push(err10);
errors++;
}
}
if(data3.validations !== undefined){
let data4 = data3.validations;
if(Array.isArray(data4)){
if(data4.length < 1){
const err11 = {instancePath:instancePath+"/spec/validations",schemaPath:"#/$defs/GuardrailDocument/properties/spec/properties/validations/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
(vErrors ??= []).push(err11);
errors++;
}
const len0 = data4.length;
for(let i0=0; i0<len0; i0++){
if(!(validate260(data4[i0], {instancePath:instancePath+"/spec/validations/" + i0,parentData:data4,parentDataProperty:i0,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate260.errors : vErrors.concat(validate260.errors);
errors = vErrors.length;
}
}
}
else {
const err12 = {instancePath:instancePath+"/spec/validations",schemaPath:"#/$defs/GuardrailDocument/properties/spec/properties/validations/type",keyword:"type",params:{type: "array"},message:"must be array"};
(vErrors ??= []).push(err12);
errors++;
}
}
if(data3.never !== undefined){
let data6 = data3.never;
if(Array.isArray(data6)){
if(data6.length < 1){
const err13 = {instancePath:instancePath+"/spec/never",schemaPath:"#/$defs/GuardrailDocument/properties/spec/properties/never/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
(vErrors ??= []).push(err13);
errors++;
}
const len1 = data6.length;
for(let i1=0; i1<len1; i1++){
if(!(validate264(data6[i1], {instancePath:instancePath+"/spec/never/" + i1,parentData:data6,parentDataProperty:i1,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate264.errors : vErrors.concat(validate264.errors);
errors = vErrors.length;
}
}
}
else {
const err14 = {instancePath:instancePath+"/spec/never",schemaPath:"#/$defs/GuardrailDocument/properties/spec/properties/never/type",keyword:"type",params:{type: "array"},message:"must be array"};
(vErrors ??= []).push(err14);
errors++;
}
}
if(data3.only !== undefined){
let data8 = data3.only;
if(Array.isArray(data8)){
if(data8.length < 1){
const err15 = {instancePath:instancePath+"/spec/only",schemaPath:"#/$defs/GuardrailDocument/properties/spec/properties/only/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
(vErrors ??= []).push(err15);
errors++;
}
const len2 = data8.length;
for(let i2=0; i2<len2; i2++){
if(!(validate264(data8[i2], {instancePath:instancePath+"/spec/only/" + i2,parentData:data8,parentDataProperty:i2,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate264.errors : vErrors.concat(validate264.errors);
errors = vErrors.length;
}
}
}
else {
const err16 = {instancePath:instancePath+"/spec/only",schemaPath:"#/$defs/GuardrailDocument/properties/spec/properties/only/type",keyword:"type",params:{type: "array"},message:"must be array"};
(vErrors ??= []).push(err16);
errors++;
}
}
if(data3.must !== undefined){
let data10 = data3.must;
if(Array.isArray(data10)){
if(data10.length < 1){
const err17 = {instancePath:instancePath+"/spec/must",schemaPath:"#/$defs/GuardrailDocument/properties/spec/properties/must/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
(vErrors ??= []).push(err17);
errors++;
}
const len3 = data10.length;
for(let i3=0; i3<len3; i3++){
if(!(validate264(data10[i3], {instancePath:instancePath+"/spec/must/" + i3,parentData:data10,parentDataProperty:i3,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate264.errors : vErrors.concat(validate264.errors);
errors = vErrors.length;
}
}
}
else {
const err18 = {instancePath:instancePath+"/spec/must",schemaPath:"#/$defs/GuardrailDocument/properties/spec/properties/must/type",keyword:"type",params:{type: "array"},message:"must be array"};
(vErrors ??= []).push(err18);
errors++;
}
}
if(data3.severity !== undefined){
let data12 = data3.severity;
if(typeof data12 !== "string"){
const err19 = {instancePath:instancePath+"/spec/severity",schemaPath:"#/$defs/GuardrailDocument/properties/spec/properties/severity/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err19);
errors++;
}
if(!((data12 === "error") || (data12 === "warning"))){
const err20 = {instancePath:instancePath+"/spec/severity",schemaPath:"#/$defs/GuardrailDocument/properties/spec/properties/severity/enum",keyword:"enum",params:{allowedValues: schema92.properties.spec.properties.severity.enum},message:"must be equal to one of the allowed values"};
(vErrors ??= []).push(err20);
errors++;
}
}
if(data3.waivers !== undefined){
let data13 = data3.waivers;
if(Array.isArray(data13)){
const len4 = data13.length;
for(let i4=0; i4<len4; i4++){
if(!(validate276(data13[i4], {instancePath:instancePath+"/spec/waivers/" + i4,parentData:data13,parentDataProperty:i4,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate276.errors : vErrors.concat(validate276.errors);
errors = vErrors.length;
}
}
}
else {
const err21 = {instancePath:instancePath+"/spec/waivers",schemaPath:"#/$defs/GuardrailDocument/properties/spec/properties/waivers/type",keyword:"type",params:{type: "array"},message:"must be array"};
(vErrors ??= []).push(err21);
errors++;
}
}
}
else {
const err22 = {instancePath:instancePath+"/spec",schemaPath:"#/$defs/GuardrailDocument/properties/spec/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err22);
errors++;
}
}
}
else {
const err23 = {instancePath,schemaPath:"#/$defs/GuardrailDocument/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err23);
errors++;
}
validate254.errors = vErrors;
return errors === 0;
}
validate254.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const isMesh = validate279;
const schema99 = {"type":"object","required":["apiVersion","kind","metadata","spec"],"additionalProperties":false,"properties":{"apiVersion":{"type":"string","const":"mesh/v1"},"kind":{"type":"string","const":"Mesh"},"metadata":{"$ref":"definition:/GlobalMetadata"},"spec":{"type":"object","required":["trustDomain"],"additionalProperties":false,"properties":{"trustDomain":{"$ref":"definition:/TrustDomain"},"mtls":{"type":"string","enum":["strict","permissive","disabled"]},"access":{"type":"string","enum":["deny","allow"]},"egress":{"type":"string","enum":["deny","allow"]},"defaults":{"$ref":"definition:/Settings"},"targets":{"type":"object","propertyNames":{"$ref":"definition:/DnsLabel"},"additionalProperties":{"$ref":"definition:/Target"}},"clusters":{"type":"object","propertyNames":{"$ref":"definition:/DnsLabel"},"additionalProperties":{"$ref":"definition:/Cluster"}},"certificates":{"$ref":"definition:/Certificates"},"telemetry":{"$ref":"definition:/Telemetry"},"metrics":{"type":"object","additionalProperties":false,"properties":{"prometheus":{"type":"object","required":["url"],"additionalProperties":false,"properties":{"url":{"$ref":"definition:/Url"}}}}},"rateLimiter":{"type":"object","required":["service"],"additionalProperties":false,"properties":{"service":{"$ref":"definition:/ServiceReference"}}},"exclude":{"type":"array","items":{"type":"string","minLength":1,"maxLength":4096,"pattern":"^[^\\u0000-\\u001f\\u007f]*$"}}}}},"$id":"definition:/MeshDocument"};
const schema100 = {"type":"string","maxLength":255,"pattern":"^[a-z0-9](?:[-_a-z0-9]*[a-z0-9])?(?:\\.[a-z0-9](?:[-_a-z0-9]*[a-z0-9])?)*$","$id":"definition:/TrustDomain"};
const pattern39 = new RegExp("^[a-z0-9](?:[-_a-z0-9]*[a-z0-9])?(?:\\.[a-z0-9](?:[-_a-z0-9]*[a-z0-9])?)*$", "u");

function validate281(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate281.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(typeof data === "string"){
if(func1(data) > 255){
const err0 = {instancePath,schemaPath:"#/$defs/TrustDomain/maxLength",keyword:"maxLength",params:{limit: 255},message:"must NOT have more than 255 characters"};
(vErrors ??= []).push(err0);
errors++;
}
if(!pattern39.test(data)){
const err1 = {instancePath,schemaPath:"#/$defs/TrustDomain/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9](?:[-_a-z0-9]*[a-z0-9])?(?:\\.[a-z0-9](?:[-_a-z0-9]*[a-z0-9])?)*$"},message:"must match pattern \""+"^[a-z0-9](?:[-_a-z0-9]*[a-z0-9])?(?:\\.[a-z0-9](?:[-_a-z0-9]*[a-z0-9])?)*$"+"\""};
(vErrors ??= []).push(err1);
errors++;
}
}
else {
const err2 = {instancePath,schemaPath:"#/$defs/TrustDomain/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err2);
errors++;
}
validate281.errors = vErrors;
return errors === 0;
}
validate281.evaluated = {"dynamicProps":false,"dynamicItems":false};

const schema101 = {"type":"object","additionalProperties":false,"properties":{"timeout":{"$ref":"definition:/Duration"},"retries":{"$ref":"definition:/Retries"},"connections":{"$ref":"definition:/Connections"},"outlierDetection":{"$ref":"definition:/OutlierDetection"},"loadBalancing":{"$ref":"definition:/LoadBalancing"},"retryBudget":{"$ref":"definition:/RetryBudget"},"rateLimit":{"$ref":"definition:/RateLimit"},"locality":{"$ref":"definition:/LocalityPreference"},"telemetry":{"$ref":"definition:/ServiceTelemetry"}},"$id":"definition:/Settings"};
const schema102 = {"type":"object","additionalProperties":false,"properties":{"accessLog":{"type":["object","null"],"additionalProperties":false,"properties":{"format":{"type":"string","enum":["json","text"]},"when":{"$ref":"definition:/Expression"},"output":{"$ref":"definition:/AccessLogOutput"}}},"tracing":{"type":["object","null"],"additionalProperties":false,"properties":{"sampling":{"$ref":"definition:/Percentage"},"otlp":{"$ref":"definition:/OtlpReceiver"},"tags":{"type":"object","propertyNames":{"type":"string","minLength":1,"maxLength":128,"pattern":"^[^\\u0000-\\u0020\\u007f]+$"},"additionalProperties":{"$ref":"definition:/Expression"}}}}},"$id":"definition:/ServiceTelemetry"};
const schema103 = {"type":["string","object"],"if":{"type":"string"},"then":{"enum":["stdout"]},"minProperties":1,"maxProperties":1,"additionalProperties":false,"properties":{"file":{"$ref":"definition:/FilePath"},"otlp":{"$ref":"definition:/OtlpReceiver"}},"$id":"definition:/AccessLogOutput"};
const schema104 = {"type":"object","required":["service"],"additionalProperties":false,"properties":{"service":{"$ref":"definition:/ServiceReference"},"port":{"$ref":"definition:/PortName"}},"$id":"definition:/OtlpReceiver"};

function validate296(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate296.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.service === undefined){
const err0 = {instancePath,schemaPath:"#/$defs/OtlpReceiver/required",keyword:"required",params:{missingProperty: "service"},message:"must have required property '"+"service"+"'"};
(vErrors ??= []).push(err0);
errors++;
}
for(const key0 in data){
if(!((key0 === "service") || (key0 === "port"))){
const err1 = {instancePath,schemaPath:"#/$defs/OtlpReceiver/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
(vErrors ??= []).push(err1);
errors++;
}
}
if(data.service !== undefined){
if(!(validate67(data.service, {instancePath:instancePath+"/service",parentData:data,parentDataProperty:"service",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate67.errors : vErrors.concat(validate67.errors);
errors = vErrors.length;
}
}
if(data.port !== undefined){
if(!(validate80(data.port, {instancePath:instancePath+"/port",parentData:data,parentDataProperty:"port",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate80.errors : vErrors.concat(validate80.errors);
errors = vErrors.length;
}
}
}
else {
const err2 = {instancePath,schemaPath:"#/$defs/OtlpReceiver/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err2);
errors++;
}
validate296.errors = vErrors;
return errors === 0;
}
validate296.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};


function validate294(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate294.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if((typeof data !== "string") && (!(data && typeof data == "object" && !Array.isArray(data)))){
const err0 = {instancePath,schemaPath:"#/$defs/AccessLogOutput/type",keyword:"type",params:{type: schema103.type},message:"must be string,object"};
(vErrors ??= []).push(err0);
errors++;
}
const _errs1 = errors;
let valid0 = true;
const _errs2 = errors;
if(typeof data !== "string"){
const err1 = {};
(vErrors ??= []).push(err1);
errors++;
}
var _valid0 = _errs2 === errors;
errors = _errs1;
if(vErrors !== null){
if(_errs1){
vErrors.length = _errs1;
}
else {
vErrors = null;
}
}
if(_valid0){
const _errs4 = errors;
if(!(data === "stdout")){
const err2 = {instancePath,schemaPath:"#/$defs/AccessLogOutput/then/enum",keyword:"enum",params:{allowedValues: schema103.then.enum},message:"must be equal to one of the allowed values"};
(vErrors ??= []).push(err2);
errors++;
}
var _valid0 = _errs4 === errors;
valid0 = _valid0;
}
if(!valid0){
const err3 = {instancePath,schemaPath:"#/$defs/AccessLogOutput/if",keyword:"if",params:{failingKeyword: "then"},message:"must match \"then\" schema"};
(vErrors ??= []).push(err3);
errors++;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(Object.keys(data).length > 1){
const err4 = {instancePath,schemaPath:"#/$defs/AccessLogOutput/maxProperties",keyword:"maxProperties",params:{limit: 1},message:"must NOT have more than 1 properties"};
(vErrors ??= []).push(err4);
errors++;
}
if(Object.keys(data).length < 1){
const err5 = {instancePath,schemaPath:"#/$defs/AccessLogOutput/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties"};
(vErrors ??= []).push(err5);
errors++;
}
for(const key0 in data){
if(!((key0 === "file") || (key0 === "otlp"))){
const err6 = {instancePath,schemaPath:"#/$defs/AccessLogOutput/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
(vErrors ??= []).push(err6);
errors++;
}
}
if(data.file !== undefined){
if(!(validate180(data.file, {instancePath:instancePath+"/file",parentData:data,parentDataProperty:"file",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate180.errors : vErrors.concat(validate180.errors);
errors = vErrors.length;
}
}
if(data.otlp !== undefined){
if(!(validate296(data.otlp, {instancePath:instancePath+"/otlp",parentData:data,parentDataProperty:"otlp",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate296.errors : vErrors.concat(validate296.errors);
errors = vErrors.length;
}
}
}
validate294.errors = vErrors;
return errors === 0;
}
validate294.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const pattern40 = new RegExp("^[^\\u0000-\\u0020\\u007f]+$", "u");

function validate292(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate292.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!((key0 === "accessLog") || (key0 === "tracing"))){
const err0 = {instancePath,schemaPath:"#/$defs/ServiceTelemetry/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
(vErrors ??= []).push(err0);
errors++;
}
}
if(data.accessLog !== undefined){
let data0 = data.accessLog;
if((!(data0 && typeof data0 == "object" && !Array.isArray(data0))) && (data0 !== null)){
const err1 = {instancePath:instancePath+"/accessLog",schemaPath:"#/$defs/ServiceTelemetry/properties/accessLog/type",keyword:"type",params:{type: schema102.properties.accessLog.type},message:"must be object,null"};
(vErrors ??= []).push(err1);
errors++;
}
if(data0 && typeof data0 == "object" && !Array.isArray(data0)){
for(const key1 in data0){
if(!(((key1 === "format") || (key1 === "when")) || (key1 === "output"))){
const err2 = {instancePath:instancePath+"/accessLog",schemaPath:"#/$defs/ServiceTelemetry/properties/accessLog/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties"};
(vErrors ??= []).push(err2);
errors++;
}
}
if(data0.format !== undefined){
let data1 = data0.format;
if(typeof data1 !== "string"){
const err3 = {instancePath:instancePath+"/accessLog/format",schemaPath:"#/$defs/ServiceTelemetry/properties/accessLog/properties/format/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err3);
errors++;
}
if(!((data1 === "json") || (data1 === "text"))){
const err4 = {instancePath:instancePath+"/accessLog/format",schemaPath:"#/$defs/ServiceTelemetry/properties/accessLog/properties/format/enum",keyword:"enum",params:{allowedValues: schema102.properties.accessLog.properties.format.enum},message:"must be equal to one of the allowed values"};
(vErrors ??= []).push(err4);
errors++;
}
}
if(data0.when !== undefined){
if(!(validate261(data0.when, {instancePath:instancePath+"/accessLog/when",parentData:data0,parentDataProperty:"when",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate261.errors : vErrors.concat(validate261.errors);
errors = vErrors.length;
}
}
if(data0.output !== undefined){
if(!(validate294(data0.output, {instancePath:instancePath+"/accessLog/output",parentData:data0,parentDataProperty:"output",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate294.errors : vErrors.concat(validate294.errors);
errors = vErrors.length;
}
}
}
}
if(data.tracing !== undefined){
let data4 = data.tracing;
if((!(data4 && typeof data4 == "object" && !Array.isArray(data4))) && (data4 !== null)){
const err5 = {instancePath:instancePath+"/tracing",schemaPath:"#/$defs/ServiceTelemetry/properties/tracing/type",keyword:"type",params:{type: schema102.properties.tracing.type},message:"must be object,null"};
(vErrors ??= []).push(err5);
errors++;
}
if(data4 && typeof data4 == "object" && !Array.isArray(data4)){
for(const key2 in data4){
if(!(((key2 === "sampling") || (key2 === "otlp")) || (key2 === "tags"))){
const err6 = {instancePath:instancePath+"/tracing",schemaPath:"#/$defs/ServiceTelemetry/properties/tracing/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key2},message:"must NOT have additional properties"};
(vErrors ??= []).push(err6);
errors++;
}
}
if(data4.sampling !== undefined){
if(!(validate205(data4.sampling, {instancePath:instancePath+"/tracing/sampling",parentData:data4,parentDataProperty:"sampling",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate205.errors : vErrors.concat(validate205.errors);
errors = vErrors.length;
}
}
if(data4.otlp !== undefined){
if(!(validate296(data4.otlp, {instancePath:instancePath+"/tracing/otlp",parentData:data4,parentDataProperty:"otlp",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate296.errors : vErrors.concat(validate296.errors);
errors = vErrors.length;
}
}
if(data4.tags !== undefined){
let data7 = data4.tags;
if(data7 && typeof data7 == "object" && !Array.isArray(data7)){
for(const key3 in data7){
const _errs16 = errors;
if(typeof key3 === "string"){
if(func1(key3) > 128){
const err7 = {instancePath:instancePath+"/tracing/tags",schemaPath:"#/$defs/ServiceTelemetry/properties/tracing/properties/tags/propertyNames/maxLength",keyword:"maxLength",params:{limit: 128},message:"must NOT have more than 128 characters",propertyName:key3};
(vErrors ??= []).push(err7);
errors++;
}
if(func1(key3) < 1){
const err8 = {instancePath:instancePath+"/tracing/tags",schemaPath:"#/$defs/ServiceTelemetry/properties/tracing/properties/tags/propertyNames/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",propertyName:key3};
(vErrors ??= []).push(err8);
errors++;
}
if(!pattern40.test(key3)){
const err9 = {instancePath:instancePath+"/tracing/tags",schemaPath:"#/$defs/ServiceTelemetry/properties/tracing/properties/tags/propertyNames/pattern",keyword:"pattern",params:{pattern: "^[^\\u0000-\\u0020\\u007f]+$"},message:"must match pattern \""+"^[^\\u0000-\\u0020\\u007f]+$"+"\"",propertyName:key3};
(vErrors ??= []).push(err9);
errors++;
}
}
else {
const err10 = {instancePath:instancePath+"/tracing/tags",schemaPath:"#/$defs/ServiceTelemetry/properties/tracing/properties/tags/propertyNames/type",keyword:"type",params:{type: "string"},message:"must be string",propertyName:key3};
(vErrors ??= []).push(err10);
errors++;
}
var valid3 = _errs16 === errors;
if(!valid3){
const err11 = {instancePath:instancePath+"/tracing/tags",schemaPath:"#/$defs/ServiceTelemetry/properties/tracing/properties/tags/propertyNames",keyword:"propertyNames",params:{propertyName: key3},message:"property name must be valid"};
(vErrors ??= []).push(err11);
errors++;
}
}
for(const key4 in data7){
if(!(validate261(data7[key4], {instancePath:instancePath+"/tracing/tags/" + key4.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data7,parentDataProperty:key4,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate261.errors : vErrors.concat(validate261.errors);
errors = vErrors.length;
}
}
}
else {
const err12 = {instancePath:instancePath+"/tracing/tags",schemaPath:"#/$defs/ServiceTelemetry/properties/tracing/properties/tags/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err12);
errors++;
}
}
}
}
}
else {
const err13 = {instancePath,schemaPath:"#/$defs/ServiceTelemetry/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err13);
errors++;
}
validate292.errors = vErrors;
return errors === 0;
}
validate292.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};


function validate283(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate283.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(func40.call(schema101.properties, key0))){
const err0 = {instancePath,schemaPath:"#/$defs/Settings/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
(vErrors ??= []).push(err0);
errors++;
}
}
if(data.timeout !== undefined){
if(!(validate155(data.timeout, {instancePath:instancePath+"/timeout",parentData:data,parentDataProperty:"timeout",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate155.errors : vErrors.concat(validate155.errors);
errors = vErrors.length;
}
}
if(data.retries !== undefined){
if(!(validate190(data.retries, {instancePath:instancePath+"/retries",parentData:data,parentDataProperty:"retries",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate190.errors : vErrors.concat(validate190.errors);
errors = vErrors.length;
}
}
if(data.connections !== undefined){
if(!(validate198(data.connections, {instancePath:instancePath+"/connections",parentData:data,parentDataProperty:"connections",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate198.errors : vErrors.concat(validate198.errors);
errors = vErrors.length;
}
}
if(data.outlierDetection !== undefined){
if(!(validate202(data.outlierDetection, {instancePath:instancePath+"/outlierDetection",parentData:data,parentDataProperty:"outlierDetection",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate202.errors : vErrors.concat(validate202.errors);
errors = vErrors.length;
}
}
if(data.loadBalancing !== undefined){
if(!(validate209(data.loadBalancing, {instancePath:instancePath+"/loadBalancing",parentData:data,parentDataProperty:"loadBalancing",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate209.errors : vErrors.concat(validate209.errors);
errors = vErrors.length;
}
}
if(data.retryBudget !== undefined){
if(!(validate215(data.retryBudget, {instancePath:instancePath+"/retryBudget",parentData:data,parentDataProperty:"retryBudget",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate215.errors : vErrors.concat(validate215.errors);
errors = vErrors.length;
}
}
if(data.rateLimit !== undefined){
if(!(validate218(data.rateLimit, {instancePath:instancePath+"/rateLimit",parentData:data,parentDataProperty:"rateLimit",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate218.errors : vErrors.concat(validate218.errors);
errors = vErrors.length;
}
}
if(data.locality !== undefined){
if(!(validate221(data.locality, {instancePath:instancePath+"/locality",parentData:data,parentDataProperty:"locality",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate221.errors : vErrors.concat(validate221.errors);
errors = vErrors.length;
}
}
if(data.telemetry !== undefined){
if(!(validate292(data.telemetry, {instancePath:instancePath+"/telemetry",parentData:data,parentDataProperty:"telemetry",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate292.errors : vErrors.concat(validate292.errors);
errors = vErrors.length;
}
}
}
else {
const err1 = {instancePath,schemaPath:"#/$defs/Settings/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err1);
errors++;
}
validate283.errors = vErrors;
return errors === 0;
}
validate283.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema105 = {"type":"object","required":["platform"],"additionalProperties":false,"properties":{"platform":{"type":"string","enum":["istio","linkerd","consul","kuma","app-mesh","osm","cilium","traefik-mesh","gloo-mesh","tsb","nginx-service-mesh","gateway-api","smi","envoy"]},"version":{"type":"string","maxLength":64,"pattern":"^[0-9A-Za-z][0-9A-Za-z.+_-]*$"},"cluster":{"$ref":"definition:/DnsLabel"},"options":{"type":"object","additionalProperties":true},"degrade":{"type":"array","items":{"type":"string","maxLength":128,"pattern":"^[a-z0-9][A-Za-z0-9.-]*$"}},"output":{"$ref":"definition:/Output"},"delivery":{"$ref":"definition:/Delivery"}},"$id":"definition:/Target"};
const pattern41 = new RegExp("^[0-9A-Za-z][0-9A-Za-z.+_-]*$", "u");
const pattern42 = new RegExp("^[a-z0-9][A-Za-z0-9.-]*$", "u");
const schema106 = {"type":"object","minProperties":1,"maxProperties":2,"dependentRequired":{"seenAs":["path"]},"dependentSchemas":{"kubernetes":{"maxProperties":1},"directory":{"maxProperties":1},"git":{"maxProperties":1}},"additionalProperties":false,"properties":{"kubernetes":{"type":"object","additionalProperties":false,"properties":{"context":{"type":"string","minLength":1,"maxLength":1024,"pattern":"^[^\\u0000-\\u001f\\u007f]*$"},"stateNamespace":{"$ref":"definition:/DnsLabel"}}},"directory":{"type":["string","object"],"minLength":1,"maxLength":4096,"pattern":"^[^\\u0000-\\u001f\\u007f]*$","required":["path"],"additionalProperties":false,"properties":{"path":{"$ref":"definition:/FilePath"},"seenAs":{"$ref":"definition:/FilePath"}}},"path":{"$ref":"definition:/FilePath"},"seenAs":{"$ref":"definition:/FilePath"},"git":{"type":"object","required":["repository","branch"],"additionalProperties":false,"properties":{"repository":{"type":"string","minLength":1,"maxLength":2048,"pattern":"^[^-\\s\\u0000-\\u001f\\u007f][^\\s\\u0000-\\u001f\\u007f]*$"},"branch":{"$ref":"definition:/BranchName"},"path":{"$ref":"definition:/FilePath"},"propose":{"type":"boolean"},"layout":{"type":"string","enum":["objects","kinds"]},"syncWaves":{"type":"boolean"},"observe":{"type":"object","required":["context"],"additionalProperties":false,"properties":{"context":{"type":"string","minLength":1,"maxLength":1024,"pattern":"^[^\\u0000-\\u001f\\u007f]*$"}}}}}},"$id":"definition:/Output"};
const pattern45 = new RegExp("^[^-\\s\\u0000-\\u001f\\u007f][^\\s\\u0000-\\u001f\\u007f]*$", "u");
const schema107 = {"type":"string","maxLength":255,"pattern":"^[^-\\s~^:?*\\[\\\\\\u0000-\\u0020\\u007f][^\\s~^:?*\\[\\\\\\u0000-\\u0020\\u007f]*$","$id":"definition:/BranchName"};
const pattern46 = new RegExp("^[^-\\s~^:?*\\[\\\\\\u0000-\\u0020\\u007f][^\\s~^:?*\\[\\\\\\u0000-\\u0020\\u007f]*$", "u");

function validate315(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate315.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(typeof data === "string"){
if(func1(data) > 255){
const err0 = {instancePath,schemaPath:"#/$defs/BranchName/maxLength",keyword:"maxLength",params:{limit: 255},message:"must NOT have more than 255 characters"};
(vErrors ??= []).push(err0);
errors++;
}
if(!pattern46.test(data)){
const err1 = {instancePath,schemaPath:"#/$defs/BranchName/pattern",keyword:"pattern",params:{pattern: "^[^-\\s~^:?*\\[\\\\\\u0000-\\u0020\\u007f][^\\s~^:?*\\[\\\\\\u0000-\\u0020\\u007f]*$"},message:"must match pattern \""+"^[^-\\s~^:?*\\[\\\\\\u0000-\\u0020\\u007f][^\\s~^:?*\\[\\\\\\u0000-\\u0020\\u007f]*$"+"\""};
(vErrors ??= []).push(err1);
errors++;
}
}
else {
const err2 = {instancePath,schemaPath:"#/$defs/BranchName/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err2);
errors++;
}
validate315.errors = vErrors;
return errors === 0;
}
validate315.evaluated = {"dynamicProps":false,"dynamicItems":false};


function validate309(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate309.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(Object.keys(data).length > 2){
const err0 = {instancePath,schemaPath:"#/$defs/Output/maxProperties",keyword:"maxProperties",params:{limit: 2},message:"must NOT have more than 2 properties"};
(vErrors ??= []).push(err0);
errors++;
}
if(Object.keys(data).length < 1){
const err1 = {instancePath,schemaPath:"#/$defs/Output/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties"};
(vErrors ??= []).push(err1);
errors++;
}
for(const key0 in data){
if(!(((((key0 === "kubernetes") || (key0 === "directory")) || (key0 === "path")) || (key0 === "seenAs")) || (key0 === "git"))){
const err2 = {instancePath,schemaPath:"#/$defs/Output/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
(vErrors ??= []).push(err2);
errors++;
}
}
if(data.kubernetes !== undefined){
let data0 = data.kubernetes;
if(data0 && typeof data0 == "object" && !Array.isArray(data0)){
for(const key1 in data0){
if(!((key1 === "context") || (key1 === "stateNamespace"))){
const err3 = {instancePath:instancePath+"/kubernetes",schemaPath:"#/$defs/Output/properties/kubernetes/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties"};
(vErrors ??= []).push(err3);
errors++;
}
}
if(data0.context !== undefined){
let data1 = data0.context;
if(typeof data1 === "string"){
if(func1(data1) > 1024){
const err4 = {instancePath:instancePath+"/kubernetes/context",schemaPath:"#/$defs/Output/properties/kubernetes/properties/context/maxLength",keyword:"maxLength",params:{limit: 1024},message:"must NOT have more than 1024 characters"};
(vErrors ??= []).push(err4);
errors++;
}
if(func1(data1) < 1){
const err5 = {instancePath:instancePath+"/kubernetes/context",schemaPath:"#/$defs/Output/properties/kubernetes/properties/context/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
(vErrors ??= []).push(err5);
errors++;
}
if(!pattern26.test(data1)){
const err6 = {instancePath:instancePath+"/kubernetes/context",schemaPath:"#/$defs/Output/properties/kubernetes/properties/context/pattern",keyword:"pattern",params:{pattern: "^[^\\u0000-\\u001f\\u007f]*$"},message:"must match pattern \""+"^[^\\u0000-\\u001f\\u007f]*$"+"\""};
(vErrors ??= []).push(err6);
errors++;
}
}
else {
const err7 = {instancePath:instancePath+"/kubernetes/context",schemaPath:"#/$defs/Output/properties/kubernetes/properties/context/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err7);
errors++;
}
}
if(data0.stateNamespace !== undefined){
if(!(validate54(data0.stateNamespace, {instancePath:instancePath+"/kubernetes/stateNamespace",parentData:data0,parentDataProperty:"stateNamespace",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate54.errors : vErrors.concat(validate54.errors);
errors = vErrors.length;
}
}
}
else {
const err8 = {instancePath:instancePath+"/kubernetes",schemaPath:"#/$defs/Output/properties/kubernetes/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err8);
errors++;
}
}
if(data.directory !== undefined){
let data3 = data.directory;
if((typeof data3 !== "string") && (!(data3 && typeof data3 == "object" && !Array.isArray(data3)))){
const err9 = {instancePath:instancePath+"/directory",schemaPath:"#/$defs/Output/properties/directory/type",keyword:"type",params:{type: schema106.properties.directory.type},message:"must be string,object"};
(vErrors ??= []).push(err9);
errors++;
}
if(typeof data3 === "string"){
if(func1(data3) > 4096){
const err10 = {instancePath:instancePath+"/directory",schemaPath:"#/$defs/Output/properties/directory/maxLength",keyword:"maxLength",params:{limit: 4096},message:"must NOT have more than 4096 characters"};
(vErrors ??= []).push(err10);
errors++;
}
if(func1(data3) < 1){
const err11 = {instancePath:instancePath+"/directory",schemaPath:"#/$defs/Output/properties/directory/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
(vErrors ??= []).push(err11);
errors++;
}
if(!pattern26.test(data3)){
const err12 = {instancePath:instancePath+"/directory",schemaPath:"#/$defs/Output/properties/directory/pattern",keyword:"pattern",params:{pattern: "^[^\\u0000-\\u001f\\u007f]*$"},message:"must match pattern \""+"^[^\\u0000-\\u001f\\u007f]*$"+"\""};
(vErrors ??= []).push(err12);
errors++;
}
}
if(data3 && typeof data3 == "object" && !Array.isArray(data3)){
if(data3.path === undefined){
const err13 = {instancePath:instancePath+"/directory",schemaPath:"#/$defs/Output/properties/directory/required",keyword:"required",params:{missingProperty: "path"},message:"must have required property '"+"path"+"'"};
(vErrors ??= []).push(err13);
errors++;
}
for(const key2 in data3){
if(!((key2 === "path") || (key2 === "seenAs"))){
const err14 = {instancePath:instancePath+"/directory",schemaPath:"#/$defs/Output/properties/directory/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key2},message:"must NOT have additional properties"};
(vErrors ??= []).push(err14);
errors++;
}
}
if(data3.path !== undefined){
if(!(validate180(data3.path, {instancePath:instancePath+"/directory/path",parentData:data3,parentDataProperty:"path",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate180.errors : vErrors.concat(validate180.errors);
errors = vErrors.length;
}
}
if(data3.seenAs !== undefined){
if(!(validate180(data3.seenAs, {instancePath:instancePath+"/directory/seenAs",parentData:data3,parentDataProperty:"seenAs",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate180.errors : vErrors.concat(validate180.errors);
errors = vErrors.length;
}
}
}
}
if(data.path !== undefined){
if(!(validate180(data.path, {instancePath:instancePath+"/path",parentData:data,parentDataProperty:"path",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate180.errors : vErrors.concat(validate180.errors);
errors = vErrors.length;
}
}
if(data.seenAs !== undefined){
if(!(validate180(data.seenAs, {instancePath:instancePath+"/seenAs",parentData:data,parentDataProperty:"seenAs",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate180.errors : vErrors.concat(validate180.errors);
errors = vErrors.length;
}
}
if(data.git !== undefined){
let data8 = data.git;
if(data8 && typeof data8 == "object" && !Array.isArray(data8)){
if(data8.repository === undefined){
const err15 = {instancePath:instancePath+"/git",schemaPath:"#/$defs/Output/properties/git/required",keyword:"required",params:{missingProperty: "repository"},message:"must have required property '"+"repository"+"'"};
(vErrors ??= []).push(err15);
errors++;
}
if(data8.branch === undefined){
const err16 = {instancePath:instancePath+"/git",schemaPath:"#/$defs/Output/properties/git/required",keyword:"required",params:{missingProperty: "branch"},message:"must have required property '"+"branch"+"'"};
(vErrors ??= []).push(err16);
errors++;
}
for(const key3 in data8){
if(!(((((((key3 === "repository") || (key3 === "branch")) || (key3 === "path")) || (key3 === "propose")) || (key3 === "layout")) || (key3 === "syncWaves")) || (key3 === "observe"))){
const err17 = {instancePath:instancePath+"/git",schemaPath:"#/$defs/Output/properties/git/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key3},message:"must NOT have additional properties"};
(vErrors ??= []).push(err17);
errors++;
}
}
if(data8.repository !== undefined){
let data9 = data8.repository;
if(typeof data9 === "string"){
if(func1(data9) > 2048){
const err18 = {instancePath:instancePath+"/git/repository",schemaPath:"#/$defs/Output/properties/git/properties/repository/maxLength",keyword:"maxLength",params:{limit: 2048},message:"must NOT have more than 2048 characters"};
(vErrors ??= []).push(err18);
errors++;
}
if(func1(data9) < 1){
const err19 = {instancePath:instancePath+"/git/repository",schemaPath:"#/$defs/Output/properties/git/properties/repository/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
(vErrors ??= []).push(err19);
errors++;
}
if(!pattern45.test(data9)){
const err20 = {instancePath:instancePath+"/git/repository",schemaPath:"#/$defs/Output/properties/git/properties/repository/pattern",keyword:"pattern",params:{pattern: "^[^-\\s\\u0000-\\u001f\\u007f][^\\s\\u0000-\\u001f\\u007f]*$"},message:"must match pattern \""+"^[^-\\s\\u0000-\\u001f\\u007f][^\\s\\u0000-\\u001f\\u007f]*$"+"\""};
(vErrors ??= []).push(err20);
errors++;
}
}
else {
const err21 = {instancePath:instancePath+"/git/repository",schemaPath:"#/$defs/Output/properties/git/properties/repository/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err21);
errors++;
}
}
if(data8.branch !== undefined){
if(!(validate315(data8.branch, {instancePath:instancePath+"/git/branch",parentData:data8,parentDataProperty:"branch",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate315.errors : vErrors.concat(validate315.errors);
errors = vErrors.length;
}
}
if(data8.path !== undefined){
if(!(validate180(data8.path, {instancePath:instancePath+"/git/path",parentData:data8,parentDataProperty:"path",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate180.errors : vErrors.concat(validate180.errors);
errors = vErrors.length;
}
}
if(data8.propose !== undefined){
if(typeof data8.propose !== "boolean"){
const err22 = {instancePath:instancePath+"/git/propose",schemaPath:"#/$defs/Output/properties/git/properties/propose/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
(vErrors ??= []).push(err22);
errors++;
}
}
if(data8.layout !== undefined){
let data13 = data8.layout;
if(typeof data13 !== "string"){
const err23 = {instancePath:instancePath+"/git/layout",schemaPath:"#/$defs/Output/properties/git/properties/layout/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err23);
errors++;
}
if(!((data13 === "objects") || (data13 === "kinds"))){
const err24 = {instancePath:instancePath+"/git/layout",schemaPath:"#/$defs/Output/properties/git/properties/layout/enum",keyword:"enum",params:{allowedValues: schema106.properties.git.properties.layout.enum},message:"must be equal to one of the allowed values"};
(vErrors ??= []).push(err24);
errors++;
}
}
if(data8.syncWaves !== undefined){
if(typeof data8.syncWaves !== "boolean"){
const err25 = {instancePath:instancePath+"/git/syncWaves",schemaPath:"#/$defs/Output/properties/git/properties/syncWaves/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
(vErrors ??= []).push(err25);
errors++;
}
}
if(data8.observe !== undefined){
let data15 = data8.observe;
if(data15 && typeof data15 == "object" && !Array.isArray(data15)){
if(data15.context === undefined){
const err26 = {instancePath:instancePath+"/git/observe",schemaPath:"#/$defs/Output/properties/git/properties/observe/required",keyword:"required",params:{missingProperty: "context"},message:"must have required property '"+"context"+"'"};
(vErrors ??= []).push(err26);
errors++;
}
for(const key4 in data15){
if(!(key4 === "context")){
const err27 = {instancePath:instancePath+"/git/observe",schemaPath:"#/$defs/Output/properties/git/properties/observe/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key4},message:"must NOT have additional properties"};
(vErrors ??= []).push(err27);
errors++;
}
}
if(data15.context !== undefined){
let data16 = data15.context;
if(typeof data16 === "string"){
if(func1(data16) > 1024){
const err28 = {instancePath:instancePath+"/git/observe/context",schemaPath:"#/$defs/Output/properties/git/properties/observe/properties/context/maxLength",keyword:"maxLength",params:{limit: 1024},message:"must NOT have more than 1024 characters"};
(vErrors ??= []).push(err28);
errors++;
}
if(func1(data16) < 1){
const err29 = {instancePath:instancePath+"/git/observe/context",schemaPath:"#/$defs/Output/properties/git/properties/observe/properties/context/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
(vErrors ??= []).push(err29);
errors++;
}
if(!pattern26.test(data16)){
const err30 = {instancePath:instancePath+"/git/observe/context",schemaPath:"#/$defs/Output/properties/git/properties/observe/properties/context/pattern",keyword:"pattern",params:{pattern: "^[^\\u0000-\\u001f\\u007f]*$"},message:"must match pattern \""+"^[^\\u0000-\\u001f\\u007f]*$"+"\""};
(vErrors ??= []).push(err30);
errors++;
}
}
else {
const err31 = {instancePath:instancePath+"/git/observe/context",schemaPath:"#/$defs/Output/properties/git/properties/observe/properties/context/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err31);
errors++;
}
}
}
else {
const err32 = {instancePath:instancePath+"/git/observe",schemaPath:"#/$defs/Output/properties/git/properties/observe/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err32);
errors++;
}
}
}
else {
const err33 = {instancePath:instancePath+"/git",schemaPath:"#/$defs/Output/properties/git/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err33);
errors++;
}
}
if(data.seenAs !== undefined){
if(data.path === undefined){
const err34 = {instancePath,schemaPath:"#/$defs/Output/dependentRequired",keyword:"dependentRequired",params:{property: "seenAs",
    missingProperty: "path",
    depsCount: 1,
    deps: "path"},message:"must have property path when property seenAs is present"};
(vErrors ??= []).push(err34);
errors++;
}
}
if(data.kubernetes !== undefined){
if(data && typeof data == "object" && !Array.isArray(data)){
if(Object.keys(data).length > 1){
const err35 = {instancePath,schemaPath:"#/$defs/Output/dependentSchemas/kubernetes/maxProperties",keyword:"maxProperties",params:{limit: 1},message:"must NOT have more than 1 properties"};
(vErrors ??= []).push(err35);
errors++;
}
}
}
if(data.directory !== undefined){
if(data && typeof data == "object" && !Array.isArray(data)){
if(Object.keys(data).length > 1){
const err36 = {instancePath,schemaPath:"#/$defs/Output/dependentSchemas/directory/maxProperties",keyword:"maxProperties",params:{limit: 1},message:"must NOT have more than 1 properties"};
(vErrors ??= []).push(err36);
errors++;
}
}
}
if(data.git !== undefined){
if(data && typeof data == "object" && !Array.isArray(data)){
if(Object.keys(data).length > 1){
const err37 = {instancePath,schemaPath:"#/$defs/Output/dependentSchemas/git/maxProperties",keyword:"maxProperties",params:{limit: 1},message:"must NOT have more than 1 properties"};
(vErrors ??= []).push(err37);
errors++;
}
}
}
}
else {
const err38 = {instancePath,schemaPath:"#/$defs/Output/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err38);
errors++;
}
validate309.errors = vErrors;
return errors === 0;
}
validate309.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema108 = {"type":"object","additionalProperties":false,"properties":{"requirePlan":{"type":"boolean"},"branches":{"type":"array","minItems":1,"items":{"$ref":"definition:/BranchName"}},"requireSigned":{"$ref":"definition:/FilePath"}},"$id":"definition:/Delivery"};

function validate319(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate319.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(((key0 === "requirePlan") || (key0 === "branches")) || (key0 === "requireSigned"))){
const err0 = {instancePath,schemaPath:"#/$defs/Delivery/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
(vErrors ??= []).push(err0);
errors++;
}
}
if(data.requirePlan !== undefined){
if(typeof data.requirePlan !== "boolean"){
const err1 = {instancePath:instancePath+"/requirePlan",schemaPath:"#/$defs/Delivery/properties/requirePlan/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
(vErrors ??= []).push(err1);
errors++;
}
}
if(data.branches !== undefined){
let data1 = data.branches;
if(Array.isArray(data1)){
if(data1.length < 1){
const err2 = {instancePath:instancePath+"/branches",schemaPath:"#/$defs/Delivery/properties/branches/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
(vErrors ??= []).push(err2);
errors++;
}
const len0 = data1.length;
for(let i0=0; i0<len0; i0++){
if(!(validate315(data1[i0], {instancePath:instancePath+"/branches/" + i0,parentData:data1,parentDataProperty:i0,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate315.errors : vErrors.concat(validate315.errors);
errors = vErrors.length;
}
}
}
else {
const err3 = {instancePath:instancePath+"/branches",schemaPath:"#/$defs/Delivery/properties/branches/type",keyword:"type",params:{type: "array"},message:"must be array"};
(vErrors ??= []).push(err3);
errors++;
}
}
if(data.requireSigned !== undefined){
if(!(validate180(data.requireSigned, {instancePath:instancePath+"/requireSigned",parentData:data,parentDataProperty:"requireSigned",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate180.errors : vErrors.concat(validate180.errors);
errors = vErrors.length;
}
}
}
else {
const err4 = {instancePath,schemaPath:"#/$defs/Delivery/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err4);
errors++;
}
validate319.errors = vErrors;
return errors === 0;
}
validate319.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};


function validate307(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate307.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.platform === undefined){
const err0 = {instancePath,schemaPath:"#/$defs/Target/required",keyword:"required",params:{missingProperty: "platform"},message:"must have required property '"+"platform"+"'"};
(vErrors ??= []).push(err0);
errors++;
}
for(const key0 in data){
if(!(((((((key0 === "platform") || (key0 === "version")) || (key0 === "cluster")) || (key0 === "options")) || (key0 === "degrade")) || (key0 === "output")) || (key0 === "delivery"))){
const err1 = {instancePath,schemaPath:"#/$defs/Target/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
(vErrors ??= []).push(err1);
errors++;
}
}
if(data.platform !== undefined){
let data0 = data.platform;
if(typeof data0 !== "string"){
const err2 = {instancePath:instancePath+"/platform",schemaPath:"#/$defs/Target/properties/platform/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err2);
errors++;
}
if(!((((((((((((((data0 === "istio") || (data0 === "linkerd")) || (data0 === "consul")) || (data0 === "kuma")) || (data0 === "app-mesh")) || (data0 === "osm")) || (data0 === "cilium")) || (data0 === "traefik-mesh")) || (data0 === "gloo-mesh")) || (data0 === "tsb")) || (data0 === "nginx-service-mesh")) || (data0 === "gateway-api")) || (data0 === "smi")) || (data0 === "envoy"))){
const err3 = {instancePath:instancePath+"/platform",schemaPath:"#/$defs/Target/properties/platform/enum",keyword:"enum",params:{allowedValues: schema105.properties.platform.enum},message:"must be equal to one of the allowed values"};
(vErrors ??= []).push(err3);
errors++;
}
}
if(data.version !== undefined){
let data1 = data.version;
if(typeof data1 === "string"){
if(func1(data1) > 64){
const err4 = {instancePath:instancePath+"/version",schemaPath:"#/$defs/Target/properties/version/maxLength",keyword:"maxLength",params:{limit: 64},message:"must NOT have more than 64 characters"};
(vErrors ??= []).push(err4);
errors++;
}
if(!pattern41.test(data1)){
const err5 = {instancePath:instancePath+"/version",schemaPath:"#/$defs/Target/properties/version/pattern",keyword:"pattern",params:{pattern: "^[0-9A-Za-z][0-9A-Za-z.+_-]*$"},message:"must match pattern \""+"^[0-9A-Za-z][0-9A-Za-z.+_-]*$"+"\""};
(vErrors ??= []).push(err5);
errors++;
}
}
else {
const err6 = {instancePath:instancePath+"/version",schemaPath:"#/$defs/Target/properties/version/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err6);
errors++;
}
}
if(data.cluster !== undefined){
if(!(validate54(data.cluster, {instancePath:instancePath+"/cluster",parentData:data,parentDataProperty:"cluster",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate54.errors : vErrors.concat(validate54.errors);
errors = vErrors.length;
}
}
if(data.options !== undefined){
let data3 = data.options;
if(data3 && typeof data3 == "object" && !Array.isArray(data3)){
}
else {
const err7 = {instancePath:instancePath+"/options",schemaPath:"#/$defs/Target/properties/options/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err7);
errors++;
}
}
if(data.degrade !== undefined){
let data4 = data.degrade;
if(Array.isArray(data4)){
const len0 = data4.length;
for(let i0=0; i0<len0; i0++){
let data5 = data4[i0];
if(typeof data5 === "string"){
if(func1(data5) > 128){
const err8 = {instancePath:instancePath+"/degrade/" + i0,schemaPath:"#/$defs/Target/properties/degrade/items/maxLength",keyword:"maxLength",params:{limit: 128},message:"must NOT have more than 128 characters"};
(vErrors ??= []).push(err8);
errors++;
}
if(!pattern42.test(data5)){
const err9 = {instancePath:instancePath+"/degrade/" + i0,schemaPath:"#/$defs/Target/properties/degrade/items/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9][A-Za-z0-9.-]*$"},message:"must match pattern \""+"^[a-z0-9][A-Za-z0-9.-]*$"+"\""};
(vErrors ??= []).push(err9);
errors++;
}
}
else {
const err10 = {instancePath:instancePath+"/degrade/" + i0,schemaPath:"#/$defs/Target/properties/degrade/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err10);
errors++;
}
}
}
else {
const err11 = {instancePath:instancePath+"/degrade",schemaPath:"#/$defs/Target/properties/degrade/type",keyword:"type",params:{type: "array"},message:"must be array"};
(vErrors ??= []).push(err11);
errors++;
}
}
if(data.output !== undefined){
if(!(validate309(data.output, {instancePath:instancePath+"/output",parentData:data,parentDataProperty:"output",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate309.errors : vErrors.concat(validate309.errors);
errors = vErrors.length;
}
}
if(data.delivery !== undefined){
if(!(validate319(data.delivery, {instancePath:instancePath+"/delivery",parentData:data,parentDataProperty:"delivery",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate319.errors : vErrors.concat(validate319.errors);
errors = vErrors.length;
}
}
}
else {
const err12 = {instancePath,schemaPath:"#/$defs/Target/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err12);
errors++;
}
validate307.errors = vErrors;
return errors === 0;
}
validate307.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema109 = {"type":"object","additionalProperties":false,"properties":{"region":{"type":"string","minLength":1,"maxLength":128,"pattern":"^[A-Za-z0-9][A-Za-z0-9._-]*$"},"network":{"type":"string","minLength":1,"maxLength":128,"pattern":"^[A-Za-z0-9][A-Za-z0-9._-]*$"}},"$id":"definition:/Cluster"};
const pattern48 = new RegExp("^[A-Za-z0-9][A-Za-z0-9._-]*$", "u");

function validate325(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate325.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!((key0 === "region") || (key0 === "network"))){
const err0 = {instancePath,schemaPath:"#/$defs/Cluster/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
(vErrors ??= []).push(err0);
errors++;
}
}
if(data.region !== undefined){
let data0 = data.region;
if(typeof data0 === "string"){
if(func1(data0) > 128){
const err1 = {instancePath:instancePath+"/region",schemaPath:"#/$defs/Cluster/properties/region/maxLength",keyword:"maxLength",params:{limit: 128},message:"must NOT have more than 128 characters"};
(vErrors ??= []).push(err1);
errors++;
}
if(func1(data0) < 1){
const err2 = {instancePath:instancePath+"/region",schemaPath:"#/$defs/Cluster/properties/region/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
(vErrors ??= []).push(err2);
errors++;
}
if(!pattern48.test(data0)){
const err3 = {instancePath:instancePath+"/region",schemaPath:"#/$defs/Cluster/properties/region/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z0-9][A-Za-z0-9._-]*$"},message:"must match pattern \""+"^[A-Za-z0-9][A-Za-z0-9._-]*$"+"\""};
(vErrors ??= []).push(err3);
errors++;
}
}
else {
const err4 = {instancePath:instancePath+"/region",schemaPath:"#/$defs/Cluster/properties/region/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err4);
errors++;
}
}
if(data.network !== undefined){
let data1 = data.network;
if(typeof data1 === "string"){
if(func1(data1) > 128){
const err5 = {instancePath:instancePath+"/network",schemaPath:"#/$defs/Cluster/properties/network/maxLength",keyword:"maxLength",params:{limit: 128},message:"must NOT have more than 128 characters"};
(vErrors ??= []).push(err5);
errors++;
}
if(func1(data1) < 1){
const err6 = {instancePath:instancePath+"/network",schemaPath:"#/$defs/Cluster/properties/network/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
(vErrors ??= []).push(err6);
errors++;
}
if(!pattern48.test(data1)){
const err7 = {instancePath:instancePath+"/network",schemaPath:"#/$defs/Cluster/properties/network/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z0-9][A-Za-z0-9._-]*$"},message:"must match pattern \""+"^[A-Za-z0-9][A-Za-z0-9._-]*$"+"\""};
(vErrors ??= []).push(err7);
errors++;
}
}
else {
const err8 = {instancePath:instancePath+"/network",schemaPath:"#/$defs/Cluster/properties/network/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err8);
errors++;
}
}
}
else {
const err9 = {instancePath,schemaPath:"#/$defs/Cluster/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err9);
errors++;
}
validate325.errors = vErrors;
return errors === 0;
}
validate325.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema110 = {"type":"object","additionalProperties":false,"properties":{"root":{"type":"object","additionalProperties":false,"properties":{"lifetime":{"$ref":"definition:/PositiveDuration"},"keys":{"$ref":"definition:/KeyStorage"}}},"issuer":{"type":"object","additionalProperties":false,"properties":{"lifetime":{"$ref":"definition:/PositiveDuration"},"keys":{"$ref":"definition:/KeyStorage"}}},"workload":{"type":"object","additionalProperties":false,"properties":{"lifetime":{"$ref":"definition:/PositiveDuration"}}},"keyAlgorithm":{"type":"string","enum":["ecdsa-p256"]},"recipients":{"type":"object","additionalProperties":false,"properties":{"root":{"type":"array","minItems":1,"items":{"$ref":"definition:/AgeRecipient"}},"issuer":{"type":"array","minItems":1,"items":{"$ref":"definition:/AgeRecipient"}}}},"delegate":{"type":"string","enum":["none","cert-manager","spire"]},"certManager":{"type":"object","required":["issuer"],"additionalProperties":false,"properties":{"issuer":{"type":"string","maxLength":253,"pattern":"^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$"},"kind":{"type":"string","maxLength":63,"pattern":"^[A-Z][A-Za-z0-9]*$"},"group":{"type":"string","maxLength":253,"pattern":"^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$"}}},"spire":{"type":"object","additionalProperties":false,"properties":{"namespace":{"type":"string","maxLength":63,"pattern":"^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$"},"className":{"type":"string","maxLength":253,"pattern":"^[A-Za-z0-9]([-A-Za-z0-9_.]{0,251}[A-Za-z0-9])?$"}}},"files":{"type":"object","additionalProperties":false,"properties":{"group":{"type":"string","maxLength":32,"pattern":"^[A-Za-z_][A-Za-z0-9_.-]*$"}}},"federation":{"type":"object","propertyNames":{"$ref":"definition:/TrustDomain"},"additionalProperties":{"type":"object","required":["bundle"],"additionalProperties":false,"properties":{"bundle":{"$ref":"definition:/FilePath"}}}}},"$id":"definition:/Certificates"};
const schema111 = {"type":"string","enum":["file","age","external"],"$id":"definition:/KeyStorage"};

function validate329(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate329.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(typeof data !== "string"){
const err0 = {instancePath,schemaPath:"#/$defs/KeyStorage/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err0);
errors++;
}
if(!(((data === "file") || (data === "age")) || (data === "external"))){
const err1 = {instancePath,schemaPath:"#/$defs/KeyStorage/enum",keyword:"enum",params:{allowedValues: schema111.enum},message:"must be equal to one of the allowed values"};
(vErrors ??= []).push(err1);
errors++;
}
validate329.errors = vErrors;
return errors === 0;
}
validate329.evaluated = {"dynamicProps":false,"dynamicItems":false};

const schema112 = {"type":"string","maxLength":4096,"pattern":"^age1\\S+$","$id":"definition:/AgeRecipient"};
const pattern50 = new RegExp("^age1\\S+$", "u");

function validate334(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate334.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(typeof data === "string"){
if(func1(data) > 4096){
const err0 = {instancePath,schemaPath:"#/$defs/AgeRecipient/maxLength",keyword:"maxLength",params:{limit: 4096},message:"must NOT have more than 4096 characters"};
(vErrors ??= []).push(err0);
errors++;
}
if(!pattern50.test(data)){
const err1 = {instancePath,schemaPath:"#/$defs/AgeRecipient/pattern",keyword:"pattern",params:{pattern: "^age1\\S+$"},message:"must match pattern \""+"^age1\\S+$"+"\""};
(vErrors ??= []).push(err1);
errors++;
}
}
else {
const err2 = {instancePath,schemaPath:"#/$defs/AgeRecipient/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err2);
errors++;
}
validate334.errors = vErrors;
return errors === 0;
}
validate334.evaluated = {"dynamicProps":false,"dynamicItems":false};

const pattern51 = new RegExp("^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$", "u");
const pattern52 = new RegExp("^[A-Z][A-Za-z0-9]*$", "u");
const pattern54 = new RegExp("^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$", "u");
const pattern55 = new RegExp("^[A-Za-z0-9]([-A-Za-z0-9_.]{0,251}[A-Za-z0-9])?$", "u");
const pattern56 = new RegExp("^[A-Za-z_][A-Za-z0-9_.-]*$", "u");

function validate327(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate327.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(func40.call(schema110.properties, key0))){
const err0 = {instancePath,schemaPath:"#/$defs/Certificates/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
(vErrors ??= []).push(err0);
errors++;
}
}
if(data.root !== undefined){
let data0 = data.root;
if(data0 && typeof data0 == "object" && !Array.isArray(data0)){
for(const key1 in data0){
if(!((key1 === "lifetime") || (key1 === "keys"))){
const err1 = {instancePath:instancePath+"/root",schemaPath:"#/$defs/Certificates/properties/root/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties"};
(vErrors ??= []).push(err1);
errors++;
}
}
if(data0.lifetime !== undefined){
if(!(validate194(data0.lifetime, {instancePath:instancePath+"/root/lifetime",parentData:data0,parentDataProperty:"lifetime",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate194.errors : vErrors.concat(validate194.errors);
errors = vErrors.length;
}
}
if(data0.keys !== undefined){
if(!(validate329(data0.keys, {instancePath:instancePath+"/root/keys",parentData:data0,parentDataProperty:"keys",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate329.errors : vErrors.concat(validate329.errors);
errors = vErrors.length;
}
}
}
else {
const err2 = {instancePath:instancePath+"/root",schemaPath:"#/$defs/Certificates/properties/root/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err2);
errors++;
}
}
if(data.issuer !== undefined){
let data3 = data.issuer;
if(data3 && typeof data3 == "object" && !Array.isArray(data3)){
for(const key2 in data3){
if(!((key2 === "lifetime") || (key2 === "keys"))){
const err3 = {instancePath:instancePath+"/issuer",schemaPath:"#/$defs/Certificates/properties/issuer/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key2},message:"must NOT have additional properties"};
(vErrors ??= []).push(err3);
errors++;
}
}
if(data3.lifetime !== undefined){
if(!(validate194(data3.lifetime, {instancePath:instancePath+"/issuer/lifetime",parentData:data3,parentDataProperty:"lifetime",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate194.errors : vErrors.concat(validate194.errors);
errors = vErrors.length;
}
}
if(data3.keys !== undefined){
if(!(validate329(data3.keys, {instancePath:instancePath+"/issuer/keys",parentData:data3,parentDataProperty:"keys",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate329.errors : vErrors.concat(validate329.errors);
errors = vErrors.length;
}
}
}
else {
const err4 = {instancePath:instancePath+"/issuer",schemaPath:"#/$defs/Certificates/properties/issuer/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err4);
errors++;
}
}
if(data.workload !== undefined){
let data6 = data.workload;
if(data6 && typeof data6 == "object" && !Array.isArray(data6)){
for(const key3 in data6){
if(!(key3 === "lifetime")){
const err5 = {instancePath:instancePath+"/workload",schemaPath:"#/$defs/Certificates/properties/workload/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key3},message:"must NOT have additional properties"};
(vErrors ??= []).push(err5);
errors++;
}
}
if(data6.lifetime !== undefined){
if(!(validate194(data6.lifetime, {instancePath:instancePath+"/workload/lifetime",parentData:data6,parentDataProperty:"lifetime",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate194.errors : vErrors.concat(validate194.errors);
errors = vErrors.length;
}
}
}
else {
const err6 = {instancePath:instancePath+"/workload",schemaPath:"#/$defs/Certificates/properties/workload/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err6);
errors++;
}
}
if(data.keyAlgorithm !== undefined){
let data8 = data.keyAlgorithm;
if(typeof data8 !== "string"){
const err7 = {instancePath:instancePath+"/keyAlgorithm",schemaPath:"#/$defs/Certificates/properties/keyAlgorithm/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err7);
errors++;
}
if(!(data8 === "ecdsa-p256")){
const err8 = {instancePath:instancePath+"/keyAlgorithm",schemaPath:"#/$defs/Certificates/properties/keyAlgorithm/enum",keyword:"enum",params:{allowedValues: schema110.properties.keyAlgorithm.enum},message:"must be equal to one of the allowed values"};
(vErrors ??= []).push(err8);
errors++;
}
}
if(data.recipients !== undefined){
let data9 = data.recipients;
if(data9 && typeof data9 == "object" && !Array.isArray(data9)){
for(const key4 in data9){
if(!((key4 === "root") || (key4 === "issuer"))){
const err9 = {instancePath:instancePath+"/recipients",schemaPath:"#/$defs/Certificates/properties/recipients/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key4},message:"must NOT have additional properties"};
(vErrors ??= []).push(err9);
errors++;
}
}
if(data9.root !== undefined){
let data10 = data9.root;
if(Array.isArray(data10)){
if(data10.length < 1){
const err10 = {instancePath:instancePath+"/recipients/root",schemaPath:"#/$defs/Certificates/properties/recipients/properties/root/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
(vErrors ??= []).push(err10);
errors++;
}
const len0 = data10.length;
for(let i0=0; i0<len0; i0++){
if(!(validate334(data10[i0], {instancePath:instancePath+"/recipients/root/" + i0,parentData:data10,parentDataProperty:i0,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate334.errors : vErrors.concat(validate334.errors);
errors = vErrors.length;
}
}
}
else {
const err11 = {instancePath:instancePath+"/recipients/root",schemaPath:"#/$defs/Certificates/properties/recipients/properties/root/type",keyword:"type",params:{type: "array"},message:"must be array"};
(vErrors ??= []).push(err11);
errors++;
}
}
if(data9.issuer !== undefined){
let data12 = data9.issuer;
if(Array.isArray(data12)){
if(data12.length < 1){
const err12 = {instancePath:instancePath+"/recipients/issuer",schemaPath:"#/$defs/Certificates/properties/recipients/properties/issuer/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
(vErrors ??= []).push(err12);
errors++;
}
const len1 = data12.length;
for(let i1=0; i1<len1; i1++){
if(!(validate334(data12[i1], {instancePath:instancePath+"/recipients/issuer/" + i1,parentData:data12,parentDataProperty:i1,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate334.errors : vErrors.concat(validate334.errors);
errors = vErrors.length;
}
}
}
else {
const err13 = {instancePath:instancePath+"/recipients/issuer",schemaPath:"#/$defs/Certificates/properties/recipients/properties/issuer/type",keyword:"type",params:{type: "array"},message:"must be array"};
(vErrors ??= []).push(err13);
errors++;
}
}
}
else {
const err14 = {instancePath:instancePath+"/recipients",schemaPath:"#/$defs/Certificates/properties/recipients/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err14);
errors++;
}
}
if(data.delegate !== undefined){
let data14 = data.delegate;
if(typeof data14 !== "string"){
const err15 = {instancePath:instancePath+"/delegate",schemaPath:"#/$defs/Certificates/properties/delegate/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err15);
errors++;
}
if(!(((data14 === "none") || (data14 === "cert-manager")) || (data14 === "spire"))){
const err16 = {instancePath:instancePath+"/delegate",schemaPath:"#/$defs/Certificates/properties/delegate/enum",keyword:"enum",params:{allowedValues: schema110.properties.delegate.enum},message:"must be equal to one of the allowed values"};
(vErrors ??= []).push(err16);
errors++;
}
}
if(data.certManager !== undefined){
let data15 = data.certManager;
if(data15 && typeof data15 == "object" && !Array.isArray(data15)){
if(data15.issuer === undefined){
const err17 = {instancePath:instancePath+"/certManager",schemaPath:"#/$defs/Certificates/properties/certManager/required",keyword:"required",params:{missingProperty: "issuer"},message:"must have required property '"+"issuer"+"'"};
(vErrors ??= []).push(err17);
errors++;
}
for(const key5 in data15){
if(!(((key5 === "issuer") || (key5 === "kind")) || (key5 === "group"))){
const err18 = {instancePath:instancePath+"/certManager",schemaPath:"#/$defs/Certificates/properties/certManager/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key5},message:"must NOT have additional properties"};
(vErrors ??= []).push(err18);
errors++;
}
}
if(data15.issuer !== undefined){
let data16 = data15.issuer;
if(typeof data16 === "string"){
if(func1(data16) > 253){
const err19 = {instancePath:instancePath+"/certManager/issuer",schemaPath:"#/$defs/Certificates/properties/certManager/properties/issuer/maxLength",keyword:"maxLength",params:{limit: 253},message:"must NOT have more than 253 characters"};
(vErrors ??= []).push(err19);
errors++;
}
if(!pattern51.test(data16)){
const err20 = {instancePath:instancePath+"/certManager/issuer",schemaPath:"#/$defs/Certificates/properties/certManager/properties/issuer/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$"},message:"must match pattern \""+"^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$"+"\""};
(vErrors ??= []).push(err20);
errors++;
}
}
else {
const err21 = {instancePath:instancePath+"/certManager/issuer",schemaPath:"#/$defs/Certificates/properties/certManager/properties/issuer/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err21);
errors++;
}
}
if(data15.kind !== undefined){
let data17 = data15.kind;
if(typeof data17 === "string"){
if(func1(data17) > 63){
const err22 = {instancePath:instancePath+"/certManager/kind",schemaPath:"#/$defs/Certificates/properties/certManager/properties/kind/maxLength",keyword:"maxLength",params:{limit: 63},message:"must NOT have more than 63 characters"};
(vErrors ??= []).push(err22);
errors++;
}
if(!pattern52.test(data17)){
const err23 = {instancePath:instancePath+"/certManager/kind",schemaPath:"#/$defs/Certificates/properties/certManager/properties/kind/pattern",keyword:"pattern",params:{pattern: "^[A-Z][A-Za-z0-9]*$"},message:"must match pattern \""+"^[A-Z][A-Za-z0-9]*$"+"\""};
(vErrors ??= []).push(err23);
errors++;
}
}
else {
const err24 = {instancePath:instancePath+"/certManager/kind",schemaPath:"#/$defs/Certificates/properties/certManager/properties/kind/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err24);
errors++;
}
}
if(data15.group !== undefined){
let data18 = data15.group;
if(typeof data18 === "string"){
if(func1(data18) > 253){
const err25 = {instancePath:instancePath+"/certManager/group",schemaPath:"#/$defs/Certificates/properties/certManager/properties/group/maxLength",keyword:"maxLength",params:{limit: 253},message:"must NOT have more than 253 characters"};
(vErrors ??= []).push(err25);
errors++;
}
if(!pattern51.test(data18)){
const err26 = {instancePath:instancePath+"/certManager/group",schemaPath:"#/$defs/Certificates/properties/certManager/properties/group/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$"},message:"must match pattern \""+"^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$"+"\""};
(vErrors ??= []).push(err26);
errors++;
}
}
else {
const err27 = {instancePath:instancePath+"/certManager/group",schemaPath:"#/$defs/Certificates/properties/certManager/properties/group/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err27);
errors++;
}
}
}
else {
const err28 = {instancePath:instancePath+"/certManager",schemaPath:"#/$defs/Certificates/properties/certManager/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err28);
errors++;
}
}
if(data.spire !== undefined){
let data19 = data.spire;
if(data19 && typeof data19 == "object" && !Array.isArray(data19)){
for(const key6 in data19){
if(!((key6 === "namespace") || (key6 === "className"))){
const err29 = {instancePath:instancePath+"/spire",schemaPath:"#/$defs/Certificates/properties/spire/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key6},message:"must NOT have additional properties"};
(vErrors ??= []).push(err29);
errors++;
}
}
if(data19.namespace !== undefined){
let data20 = data19.namespace;
if(typeof data20 === "string"){
if(func1(data20) > 63){
const err30 = {instancePath:instancePath+"/spire/namespace",schemaPath:"#/$defs/Certificates/properties/spire/properties/namespace/maxLength",keyword:"maxLength",params:{limit: 63},message:"must NOT have more than 63 characters"};
(vErrors ??= []).push(err30);
errors++;
}
if(!pattern54.test(data20)){
const err31 = {instancePath:instancePath+"/spire/namespace",schemaPath:"#/$defs/Certificates/properties/spire/properties/namespace/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$"},message:"must match pattern \""+"^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$"+"\""};
(vErrors ??= []).push(err31);
errors++;
}
}
else {
const err32 = {instancePath:instancePath+"/spire/namespace",schemaPath:"#/$defs/Certificates/properties/spire/properties/namespace/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err32);
errors++;
}
}
if(data19.className !== undefined){
let data21 = data19.className;
if(typeof data21 === "string"){
if(func1(data21) > 253){
const err33 = {instancePath:instancePath+"/spire/className",schemaPath:"#/$defs/Certificates/properties/spire/properties/className/maxLength",keyword:"maxLength",params:{limit: 253},message:"must NOT have more than 253 characters"};
(vErrors ??= []).push(err33);
errors++;
}
if(!pattern55.test(data21)){
const err34 = {instancePath:instancePath+"/spire/className",schemaPath:"#/$defs/Certificates/properties/spire/properties/className/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z0-9]([-A-Za-z0-9_.]{0,251}[A-Za-z0-9])?$"},message:"must match pattern \""+"^[A-Za-z0-9]([-A-Za-z0-9_.]{0,251}[A-Za-z0-9])?$"+"\""};
(vErrors ??= []).push(err34);
errors++;
}
}
else {
const err35 = {instancePath:instancePath+"/spire/className",schemaPath:"#/$defs/Certificates/properties/spire/properties/className/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err35);
errors++;
}
}
}
else {
const err36 = {instancePath:instancePath+"/spire",schemaPath:"#/$defs/Certificates/properties/spire/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err36);
errors++;
}
}
if(data.files !== undefined){
let data22 = data.files;
if(data22 && typeof data22 == "object" && !Array.isArray(data22)){
for(const key7 in data22){
if(!(key7 === "group")){
const err37 = {instancePath:instancePath+"/files",schemaPath:"#/$defs/Certificates/properties/files/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key7},message:"must NOT have additional properties"};
(vErrors ??= []).push(err37);
errors++;
}
}
if(data22.group !== undefined){
let data23 = data22.group;
if(typeof data23 === "string"){
if(func1(data23) > 32){
const err38 = {instancePath:instancePath+"/files/group",schemaPath:"#/$defs/Certificates/properties/files/properties/group/maxLength",keyword:"maxLength",params:{limit: 32},message:"must NOT have more than 32 characters"};
(vErrors ??= []).push(err38);
errors++;
}
if(!pattern56.test(data23)){
const err39 = {instancePath:instancePath+"/files/group",schemaPath:"#/$defs/Certificates/properties/files/properties/group/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z_][A-Za-z0-9_.-]*$"},message:"must match pattern \""+"^[A-Za-z_][A-Za-z0-9_.-]*$"+"\""};
(vErrors ??= []).push(err39);
errors++;
}
}
else {
const err40 = {instancePath:instancePath+"/files/group",schemaPath:"#/$defs/Certificates/properties/files/properties/group/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err40);
errors++;
}
}
}
else {
const err41 = {instancePath:instancePath+"/files",schemaPath:"#/$defs/Certificates/properties/files/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err41);
errors++;
}
}
if(data.federation !== undefined){
let data24 = data.federation;
if(data24 && typeof data24 == "object" && !Array.isArray(data24)){
for(const key8 in data24){
const _errs52 = errors;
if(!(validate281(key8, {instancePath:instancePath+"/federation",parentData:data24,parentDataProperty:"federation",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate281.errors : vErrors.concat(validate281.errors);
errors = vErrors.length;
}
var valid12 = _errs52 === errors;
if(!valid12){
const err42 = {instancePath:instancePath+"/federation",schemaPath:"#/$defs/Certificates/properties/federation/propertyNames",keyword:"propertyNames",params:{propertyName: key8},message:"property name must be valid"};
(vErrors ??= []).push(err42);
errors++;
}
}
for(const key9 in data24){
let data25 = data24[key9];
if(data25 && typeof data25 == "object" && !Array.isArray(data25)){
if(data25.bundle === undefined){
const err43 = {instancePath:instancePath+"/federation/" + key9.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/$defs/Certificates/properties/federation/additionalProperties/required",keyword:"required",params:{missingProperty: "bundle"},message:"must have required property '"+"bundle"+"'"};
(vErrors ??= []).push(err43);
errors++;
}
for(const key10 in data25){
if(!(key10 === "bundle")){
const err44 = {instancePath:instancePath+"/federation/" + key9.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/$defs/Certificates/properties/federation/additionalProperties/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key10},message:"must NOT have additional properties"};
(vErrors ??= []).push(err44);
errors++;
}
}
if(data25.bundle !== undefined){
if(!(validate180(data25.bundle, {instancePath:instancePath+"/federation/" + key9.replace(/~/g, "~0").replace(/\//g, "~1")+"/bundle",parentData:data25,parentDataProperty:"bundle",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate180.errors : vErrors.concat(validate180.errors);
errors = vErrors.length;
}
}
}
else {
const err45 = {instancePath:instancePath+"/federation/" + key9.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/$defs/Certificates/properties/federation/additionalProperties/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err45);
errors++;
}
}
}
else {
const err46 = {instancePath:instancePath+"/federation",schemaPath:"#/$defs/Certificates/properties/federation/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err46);
errors++;
}
}
}
else {
const err47 = {instancePath,schemaPath:"#/$defs/Certificates/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err47);
errors++;
}
validate327.errors = vErrors;
return errors === 0;
}
validate327.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema113 = {"type":"object","additionalProperties":false,"properties":{"metrics":{"type":"object","additionalProperties":false,"properties":{"labels":{"type":"object","propertyNames":{"type":"string","maxLength":128,"pattern":"^[A-Za-z_][A-Za-z0-9_]*$"},"additionalProperties":{"$ref":"definition:/Expression"}}}},"accessLog":{"$ref":"definition:/AccessLog"},"tracing":{"$ref":"definition:/Tracing"}},"$id":"definition:/Telemetry"};
const pattern57 = new RegExp("^[A-Za-z_][A-Za-z0-9_]*$", "u");
const schema114 = {"type":"object","additionalProperties":false,"properties":{"format":{"type":"string","enum":["json","text"]},"when":{"$ref":"definition:/Expression"},"output":{"$ref":"definition:/AccessLogOutput"}},"$id":"definition:/AccessLog"};

function validate342(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate342.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(((key0 === "format") || (key0 === "when")) || (key0 === "output"))){
const err0 = {instancePath,schemaPath:"#/$defs/AccessLog/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
(vErrors ??= []).push(err0);
errors++;
}
}
if(data.format !== undefined){
let data0 = data.format;
if(typeof data0 !== "string"){
const err1 = {instancePath:instancePath+"/format",schemaPath:"#/$defs/AccessLog/properties/format/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err1);
errors++;
}
if(!((data0 === "json") || (data0 === "text"))){
const err2 = {instancePath:instancePath+"/format",schemaPath:"#/$defs/AccessLog/properties/format/enum",keyword:"enum",params:{allowedValues: schema114.properties.format.enum},message:"must be equal to one of the allowed values"};
(vErrors ??= []).push(err2);
errors++;
}
}
if(data.when !== undefined){
if(!(validate261(data.when, {instancePath:instancePath+"/when",parentData:data,parentDataProperty:"when",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate261.errors : vErrors.concat(validate261.errors);
errors = vErrors.length;
}
}
if(data.output !== undefined){
if(!(validate294(data.output, {instancePath:instancePath+"/output",parentData:data,parentDataProperty:"output",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate294.errors : vErrors.concat(validate294.errors);
errors = vErrors.length;
}
}
}
else {
const err3 = {instancePath,schemaPath:"#/$defs/AccessLog/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err3);
errors++;
}
validate342.errors = vErrors;
return errors === 0;
}
validate342.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema115 = {"type":"object","required":["otlp"],"additionalProperties":false,"properties":{"sampling":{"$ref":"definition:/Percentage"},"otlp":{"$ref":"definition:/OtlpReceiver"},"tags":{"type":"object","propertyNames":{"type":"string","minLength":1,"maxLength":128,"pattern":"^[^\\u0000-\\u0020\\u007f]+$"},"additionalProperties":{"$ref":"definition:/Expression"}}},"$id":"definition:/Tracing"};

function validate346(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate346.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.otlp === undefined){
const err0 = {instancePath,schemaPath:"#/$defs/Tracing/required",keyword:"required",params:{missingProperty: "otlp"},message:"must have required property '"+"otlp"+"'"};
(vErrors ??= []).push(err0);
errors++;
}
for(const key0 in data){
if(!(((key0 === "sampling") || (key0 === "otlp")) || (key0 === "tags"))){
const err1 = {instancePath,schemaPath:"#/$defs/Tracing/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
(vErrors ??= []).push(err1);
errors++;
}
}
if(data.sampling !== undefined){
if(!(validate205(data.sampling, {instancePath:instancePath+"/sampling",parentData:data,parentDataProperty:"sampling",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate205.errors : vErrors.concat(validate205.errors);
errors = vErrors.length;
}
}
if(data.otlp !== undefined){
if(!(validate296(data.otlp, {instancePath:instancePath+"/otlp",parentData:data,parentDataProperty:"otlp",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate296.errors : vErrors.concat(validate296.errors);
errors = vErrors.length;
}
}
if(data.tags !== undefined){
let data2 = data.tags;
if(data2 && typeof data2 == "object" && !Array.isArray(data2)){
for(const key1 in data2){
const _errs6 = errors;
if(typeof key1 === "string"){
if(func1(key1) > 128){
const err2 = {instancePath:instancePath+"/tags",schemaPath:"#/$defs/Tracing/properties/tags/propertyNames/maxLength",keyword:"maxLength",params:{limit: 128},message:"must NOT have more than 128 characters",propertyName:key1};
(vErrors ??= []).push(err2);
errors++;
}
if(func1(key1) < 1){
const err3 = {instancePath:instancePath+"/tags",schemaPath:"#/$defs/Tracing/properties/tags/propertyNames/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",propertyName:key1};
(vErrors ??= []).push(err3);
errors++;
}
if(!pattern40.test(key1)){
const err4 = {instancePath:instancePath+"/tags",schemaPath:"#/$defs/Tracing/properties/tags/propertyNames/pattern",keyword:"pattern",params:{pattern: "^[^\\u0000-\\u0020\\u007f]+$"},message:"must match pattern \""+"^[^\\u0000-\\u0020\\u007f]+$"+"\"",propertyName:key1};
(vErrors ??= []).push(err4);
errors++;
}
}
else {
const err5 = {instancePath:instancePath+"/tags",schemaPath:"#/$defs/Tracing/properties/tags/propertyNames/type",keyword:"type",params:{type: "string"},message:"must be string",propertyName:key1};
(vErrors ??= []).push(err5);
errors++;
}
var valid1 = _errs6 === errors;
if(!valid1){
const err6 = {instancePath:instancePath+"/tags",schemaPath:"#/$defs/Tracing/properties/tags/propertyNames",keyword:"propertyNames",params:{propertyName: key1},message:"property name must be valid"};
(vErrors ??= []).push(err6);
errors++;
}
}
for(const key2 in data2){
if(!(validate261(data2[key2], {instancePath:instancePath+"/tags/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data2,parentDataProperty:key2,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate261.errors : vErrors.concat(validate261.errors);
errors = vErrors.length;
}
}
}
else {
const err7 = {instancePath:instancePath+"/tags",schemaPath:"#/$defs/Tracing/properties/tags/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err7);
errors++;
}
}
}
else {
const err8 = {instancePath,schemaPath:"#/$defs/Tracing/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err8);
errors++;
}
validate346.errors = vErrors;
return errors === 0;
}
validate346.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};


function validate340(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate340.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(((key0 === "metrics") || (key0 === "accessLog")) || (key0 === "tracing"))){
const err0 = {instancePath,schemaPath:"#/$defs/Telemetry/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
(vErrors ??= []).push(err0);
errors++;
}
}
if(data.metrics !== undefined){
let data0 = data.metrics;
if(data0 && typeof data0 == "object" && !Array.isArray(data0)){
for(const key1 in data0){
if(!(key1 === "labels")){
const err1 = {instancePath:instancePath+"/metrics",schemaPath:"#/$defs/Telemetry/properties/metrics/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties"};
(vErrors ??= []).push(err1);
errors++;
}
}
if(data0.labels !== undefined){
let data1 = data0.labels;
if(data1 && typeof data1 == "object" && !Array.isArray(data1)){
for(const key2 in data1){
const _errs7 = errors;
if(typeof key2 === "string"){
if(func1(key2) > 128){
const err2 = {instancePath:instancePath+"/metrics/labels",schemaPath:"#/$defs/Telemetry/properties/metrics/properties/labels/propertyNames/maxLength",keyword:"maxLength",params:{limit: 128},message:"must NOT have more than 128 characters",propertyName:key2};
(vErrors ??= []).push(err2);
errors++;
}
if(!pattern57.test(key2)){
const err3 = {instancePath:instancePath+"/metrics/labels",schemaPath:"#/$defs/Telemetry/properties/metrics/properties/labels/propertyNames/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z_][A-Za-z0-9_]*$"},message:"must match pattern \""+"^[A-Za-z_][A-Za-z0-9_]*$"+"\"",propertyName:key2};
(vErrors ??= []).push(err3);
errors++;
}
}
else {
const err4 = {instancePath:instancePath+"/metrics/labels",schemaPath:"#/$defs/Telemetry/properties/metrics/properties/labels/propertyNames/type",keyword:"type",params:{type: "string"},message:"must be string",propertyName:key2};
(vErrors ??= []).push(err4);
errors++;
}
var valid2 = _errs7 === errors;
if(!valid2){
const err5 = {instancePath:instancePath+"/metrics/labels",schemaPath:"#/$defs/Telemetry/properties/metrics/properties/labels/propertyNames",keyword:"propertyNames",params:{propertyName: key2},message:"property name must be valid"};
(vErrors ??= []).push(err5);
errors++;
}
}
for(const key3 in data1){
if(!(validate261(data1[key3], {instancePath:instancePath+"/metrics/labels/" + key3.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data1,parentDataProperty:key3,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate261.errors : vErrors.concat(validate261.errors);
errors = vErrors.length;
}
}
}
else {
const err6 = {instancePath:instancePath+"/metrics/labels",schemaPath:"#/$defs/Telemetry/properties/metrics/properties/labels/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err6);
errors++;
}
}
}
else {
const err7 = {instancePath:instancePath+"/metrics",schemaPath:"#/$defs/Telemetry/properties/metrics/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err7);
errors++;
}
}
if(data.accessLog !== undefined){
if(!(validate342(data.accessLog, {instancePath:instancePath+"/accessLog",parentData:data,parentDataProperty:"accessLog",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate342.errors : vErrors.concat(validate342.errors);
errors = vErrors.length;
}
}
if(data.tracing !== undefined){
if(!(validate346(data.tracing, {instancePath:instancePath+"/tracing",parentData:data,parentDataProperty:"tracing",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate346.errors : vErrors.concat(validate346.errors);
errors = vErrors.length;
}
}
}
else {
const err8 = {instancePath,schemaPath:"#/$defs/Telemetry/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err8);
errors++;
}
validate340.errors = vErrors;
return errors === 0;
}
validate340.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};


function validate279(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate279.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.apiVersion === undefined){
const err0 = {instancePath,schemaPath:"#/$defs/MeshDocument/required",keyword:"required",params:{missingProperty: "apiVersion"},message:"must have required property '"+"apiVersion"+"'"};
(vErrors ??= []).push(err0);
errors++;
}
if(data.kind === undefined){
const err1 = {instancePath,schemaPath:"#/$defs/MeshDocument/required",keyword:"required",params:{missingProperty: "kind"},message:"must have required property '"+"kind"+"'"};
(vErrors ??= []).push(err1);
errors++;
}
if(data.metadata === undefined){
const err2 = {instancePath,schemaPath:"#/$defs/MeshDocument/required",keyword:"required",params:{missingProperty: "metadata"},message:"must have required property '"+"metadata"+"'"};
(vErrors ??= []).push(err2);
errors++;
}
if(data.spec === undefined){
const err3 = {instancePath,schemaPath:"#/$defs/MeshDocument/required",keyword:"required",params:{missingProperty: "spec"},message:"must have required property '"+"spec"+"'"};
(vErrors ??= []).push(err3);
errors++;
}
for(const key0 in data){
if(!((((key0 === "apiVersion") || (key0 === "kind")) || (key0 === "metadata")) || (key0 === "spec"))){
const err4 = {instancePath,schemaPath:"#/$defs/MeshDocument/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
(vErrors ??= []).push(err4);
errors++;
}
}
if(data.apiVersion !== undefined){
let data0 = data.apiVersion;
if(typeof data0 !== "string"){
const err5 = {instancePath:instancePath+"/apiVersion",schemaPath:"#/$defs/MeshDocument/properties/apiVersion/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err5);
errors++;
}
if("mesh/v1" !== data0){
const err6 = {instancePath:instancePath+"/apiVersion",schemaPath:"#/$defs/MeshDocument/properties/apiVersion/const",keyword:"const",params:{allowedValue: "mesh/v1"},message:"must be equal to constant"};
(vErrors ??= []).push(err6);
errors++;
}
}
if(data.kind !== undefined){
let data1 = data.kind;
if(typeof data1 !== "string"){
const err7 = {instancePath:instancePath+"/kind",schemaPath:"#/$defs/MeshDocument/properties/kind/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err7);
errors++;
}
if("Mesh" !== data1){
const err8 = {instancePath:instancePath+"/kind",schemaPath:"#/$defs/MeshDocument/properties/kind/const",keyword:"const",params:{allowedValue: "Mesh"},message:"must be equal to constant"};
(vErrors ??= []).push(err8);
errors++;
}
}
if(data.metadata !== undefined){
if(!(validate255(data.metadata, {instancePath:instancePath+"/metadata",parentData:data,parentDataProperty:"metadata",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate255.errors : vErrors.concat(validate255.errors);
errors = vErrors.length;
}
}
if(data.spec !== undefined){
let data3 = data.spec;
if(data3 && typeof data3 == "object" && !Array.isArray(data3)){
if(data3.trustDomain === undefined){
const err9 = {instancePath:instancePath+"/spec",schemaPath:"#/$defs/MeshDocument/properties/spec/required",keyword:"required",params:{missingProperty: "trustDomain"},message:"must have required property '"+"trustDomain"+"'"};
(vErrors ??= []).push(err9);
errors++;
}
for(const key1 in data3){
if(!(func40.call(schema99.properties.spec.properties, key1))){
const err10 = {instancePath:instancePath+"/spec",schemaPath:"#/$defs/MeshDocument/properties/spec/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties"};
(vErrors ??= []).push(err10);
errors++;
}
}
if(data3.trustDomain !== undefined){
if(!(validate281(data3.trustDomain, {instancePath:instancePath+"/spec/trustDomain",parentData:data3,parentDataProperty:"trustDomain",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate281.errors : vErrors.concat(validate281.errors);
errors = vErrors.length;
}
}
if(data3.mtls !== undefined){
let data5 = data3.mtls;
if(typeof data5 !== "string"){
const err11 = {instancePath:instancePath+"/spec/mtls",schemaPath:"#/$defs/MeshDocument/properties/spec/properties/mtls/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err11);
errors++;
}
if(!(((data5 === "strict") || (data5 === "permissive")) || (data5 === "disabled"))){
const err12 = {instancePath:instancePath+"/spec/mtls",schemaPath:"#/$defs/MeshDocument/properties/spec/properties/mtls/enum",keyword:"enum",params:{allowedValues: schema99.properties.spec.properties.mtls.enum},message:"must be equal to one of the allowed values"};
(vErrors ??= []).push(err12);
errors++;
}
}
if(data3.access !== undefined){
let data6 = data3.access;
if(typeof data6 !== "string"){
const err13 = {instancePath:instancePath+"/spec/access",schemaPath:"#/$defs/MeshDocument/properties/spec/properties/access/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err13);
errors++;
}
if(!((data6 === "deny") || (data6 === "allow"))){
const err14 = {instancePath:instancePath+"/spec/access",schemaPath:"#/$defs/MeshDocument/properties/spec/properties/access/enum",keyword:"enum",params:{allowedValues: schema99.properties.spec.properties.access.enum},message:"must be equal to one of the allowed values"};
(vErrors ??= []).push(err14);
errors++;
}
}
if(data3.egress !== undefined){
let data7 = data3.egress;
if(typeof data7 !== "string"){
const err15 = {instancePath:instancePath+"/spec/egress",schemaPath:"#/$defs/MeshDocument/properties/spec/properties/egress/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err15);
errors++;
}
if(!((data7 === "deny") || (data7 === "allow"))){
const err16 = {instancePath:instancePath+"/spec/egress",schemaPath:"#/$defs/MeshDocument/properties/spec/properties/egress/enum",keyword:"enum",params:{allowedValues: schema99.properties.spec.properties.egress.enum},message:"must be equal to one of the allowed values"};
(vErrors ??= []).push(err16);
errors++;
}
}
if(data3.defaults !== undefined){
if(!(validate283(data3.defaults, {instancePath:instancePath+"/spec/defaults",parentData:data3,parentDataProperty:"defaults",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate283.errors : vErrors.concat(validate283.errors);
errors = vErrors.length;
}
}
if(data3.targets !== undefined){
let data9 = data3.targets;
if(data9 && typeof data9 == "object" && !Array.isArray(data9)){
for(const key2 in data9){
const _errs20 = errors;
if(!(validate54(key2, {instancePath:instancePath+"/spec/targets",parentData:data9,parentDataProperty:"targets",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate54.errors : vErrors.concat(validate54.errors);
errors = vErrors.length;
}
var valid2 = _errs20 === errors;
if(!valid2){
const err17 = {instancePath:instancePath+"/spec/targets",schemaPath:"#/$defs/MeshDocument/properties/spec/properties/targets/propertyNames",keyword:"propertyNames",params:{propertyName: key2},message:"property name must be valid"};
(vErrors ??= []).push(err17);
errors++;
}
}
for(const key3 in data9){
if(!(validate307(data9[key3], {instancePath:instancePath+"/spec/targets/" + key3.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data9,parentDataProperty:key3,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate307.errors : vErrors.concat(validate307.errors);
errors = vErrors.length;
}
}
}
else {
const err18 = {instancePath:instancePath+"/spec/targets",schemaPath:"#/$defs/MeshDocument/properties/spec/properties/targets/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err18);
errors++;
}
}
if(data3.clusters !== undefined){
let data11 = data3.clusters;
if(data11 && typeof data11 == "object" && !Array.isArray(data11)){
for(const key4 in data11){
const _errs25 = errors;
if(!(validate54(key4, {instancePath:instancePath+"/spec/clusters",parentData:data11,parentDataProperty:"clusters",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate54.errors : vErrors.concat(validate54.errors);
errors = vErrors.length;
}
var valid4 = _errs25 === errors;
if(!valid4){
const err19 = {instancePath:instancePath+"/spec/clusters",schemaPath:"#/$defs/MeshDocument/properties/spec/properties/clusters/propertyNames",keyword:"propertyNames",params:{propertyName: key4},message:"property name must be valid"};
(vErrors ??= []).push(err19);
errors++;
}
}
for(const key5 in data11){
if(!(validate325(data11[key5], {instancePath:instancePath+"/spec/clusters/" + key5.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data11,parentDataProperty:key5,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate325.errors : vErrors.concat(validate325.errors);
errors = vErrors.length;
}
}
}
else {
const err20 = {instancePath:instancePath+"/spec/clusters",schemaPath:"#/$defs/MeshDocument/properties/spec/properties/clusters/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err20);
errors++;
}
}
if(data3.certificates !== undefined){
if(!(validate327(data3.certificates, {instancePath:instancePath+"/spec/certificates",parentData:data3,parentDataProperty:"certificates",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate327.errors : vErrors.concat(validate327.errors);
errors = vErrors.length;
}
}
if(data3.telemetry !== undefined){
if(!(validate340(data3.telemetry, {instancePath:instancePath+"/spec/telemetry",parentData:data3,parentDataProperty:"telemetry",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate340.errors : vErrors.concat(validate340.errors);
errors = vErrors.length;
}
}
if(data3.metrics !== undefined){
let data15 = data3.metrics;
if(data15 && typeof data15 == "object" && !Array.isArray(data15)){
for(const key6 in data15){
if(!(key6 === "prometheus")){
const err21 = {instancePath:instancePath+"/spec/metrics",schemaPath:"#/$defs/MeshDocument/properties/spec/properties/metrics/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key6},message:"must NOT have additional properties"};
(vErrors ??= []).push(err21);
errors++;
}
}
if(data15.prometheus !== undefined){
let data16 = data15.prometheus;
if(data16 && typeof data16 == "object" && !Array.isArray(data16)){
if(data16.url === undefined){
const err22 = {instancePath:instancePath+"/spec/metrics/prometheus",schemaPath:"#/$defs/MeshDocument/properties/spec/properties/metrics/properties/prometheus/required",keyword:"required",params:{missingProperty: "url"},message:"must have required property '"+"url"+"'"};
(vErrors ??= []).push(err22);
errors++;
}
for(const key7 in data16){
if(!(key7 === "url")){
const err23 = {instancePath:instancePath+"/spec/metrics/prometheus",schemaPath:"#/$defs/MeshDocument/properties/spec/properties/metrics/properties/prometheus/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key7},message:"must NOT have additional properties"};
(vErrors ??= []).push(err23);
errors++;
}
}
if(data16.url !== undefined){
if(!(validate144(data16.url, {instancePath:instancePath+"/spec/metrics/prometheus/url",parentData:data16,parentDataProperty:"url",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate144.errors : vErrors.concat(validate144.errors);
errors = vErrors.length;
}
}
}
else {
const err24 = {instancePath:instancePath+"/spec/metrics/prometheus",schemaPath:"#/$defs/MeshDocument/properties/spec/properties/metrics/properties/prometheus/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err24);
errors++;
}
}
}
else {
const err25 = {instancePath:instancePath+"/spec/metrics",schemaPath:"#/$defs/MeshDocument/properties/spec/properties/metrics/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err25);
errors++;
}
}
if(data3.rateLimiter !== undefined){
let data18 = data3.rateLimiter;
if(data18 && typeof data18 == "object" && !Array.isArray(data18)){
if(data18.service === undefined){
const err26 = {instancePath:instancePath+"/spec/rateLimiter",schemaPath:"#/$defs/MeshDocument/properties/spec/properties/rateLimiter/required",keyword:"required",params:{missingProperty: "service"},message:"must have required property '"+"service"+"'"};
(vErrors ??= []).push(err26);
errors++;
}
for(const key8 in data18){
if(!(key8 === "service")){
const err27 = {instancePath:instancePath+"/spec/rateLimiter",schemaPath:"#/$defs/MeshDocument/properties/spec/properties/rateLimiter/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key8},message:"must NOT have additional properties"};
(vErrors ??= []).push(err27);
errors++;
}
}
if(data18.service !== undefined){
if(!(validate67(data18.service, {instancePath:instancePath+"/spec/rateLimiter/service",parentData:data18,parentDataProperty:"service",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate67.errors : vErrors.concat(validate67.errors);
errors = vErrors.length;
}
}
}
else {
const err28 = {instancePath:instancePath+"/spec/rateLimiter",schemaPath:"#/$defs/MeshDocument/properties/spec/properties/rateLimiter/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err28);
errors++;
}
}
if(data3.exclude !== undefined){
let data20 = data3.exclude;
if(Array.isArray(data20)){
const len0 = data20.length;
for(let i0=0; i0<len0; i0++){
let data21 = data20[i0];
if(typeof data21 === "string"){
if(func1(data21) > 4096){
const err29 = {instancePath:instancePath+"/spec/exclude/" + i0,schemaPath:"#/$defs/MeshDocument/properties/spec/properties/exclude/items/maxLength",keyword:"maxLength",params:{limit: 4096},message:"must NOT have more than 4096 characters"};
(vErrors ??= []).push(err29);
errors++;
}
if(func1(data21) < 1){
const err30 = {instancePath:instancePath+"/spec/exclude/" + i0,schemaPath:"#/$defs/MeshDocument/properties/spec/properties/exclude/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
(vErrors ??= []).push(err30);
errors++;
}
if(!pattern26.test(data21)){
const err31 = {instancePath:instancePath+"/spec/exclude/" + i0,schemaPath:"#/$defs/MeshDocument/properties/spec/properties/exclude/items/pattern",keyword:"pattern",params:{pattern: "^[^\\u0000-\\u001f\\u007f]*$"},message:"must match pattern \""+"^[^\\u0000-\\u001f\\u007f]*$"+"\""};
(vErrors ??= []).push(err31);
errors++;
}
}
else {
const err32 = {instancePath:instancePath+"/spec/exclude/" + i0,schemaPath:"#/$defs/MeshDocument/properties/spec/properties/exclude/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err32);
errors++;
}
}
}
else {
const err33 = {instancePath:instancePath+"/spec/exclude",schemaPath:"#/$defs/MeshDocument/properties/spec/properties/exclude/type",keyword:"type",params:{type: "array"},message:"must be array"};
(vErrors ??= []).push(err33);
errors++;
}
}
}
else {
const err34 = {instancePath:instancePath+"/spec",schemaPath:"#/$defs/MeshDocument/properties/spec/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err34);
errors++;
}
}
}
else {
const err35 = {instancePath,schemaPath:"#/$defs/MeshDocument/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err35);
errors++;
}
validate279.errors = vErrors;
return errors === 0;
}
validate279.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const isProfile = validate354;
const schema116 = {"type":"object","required":["apiVersion","kind","metadata","spec"],"additionalProperties":false,"properties":{"apiVersion":{"type":"string","const":"mesh/v1"},"kind":{"type":"string","const":"Profile"},"metadata":{"$ref":"definition:/GlobalMetadata"},"spec":{"type":"object","required":["settings"],"additionalProperties":false,"properties":{"settings":{"$ref":"definition:/Settings"},"selector":{"type":"object","minProperties":1,"additionalProperties":false,"properties":{"namespaces":{"type":"array","minItems":1,"items":{"$ref":"definition:/DnsLabel"}},"labels":{"$ref":"definition:/Labels"}}},"lock":{"type":"array","items":{"type":"string","maxLength":256,"pattern":"^[a-z][A-Za-z0-9]*(?:\\.[a-z][A-Za-z0-9]*)*$"}}}}},"$id":"definition:/ProfileDocument"};
const pattern60 = new RegExp("^[a-z][A-Za-z0-9]*(?:\\.[a-z][A-Za-z0-9]*)*$", "u");

function validate354(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate354.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.apiVersion === undefined){
const err0 = {instancePath,schemaPath:"#/$defs/ProfileDocument/required",keyword:"required",params:{missingProperty: "apiVersion"},message:"must have required property '"+"apiVersion"+"'"};
(vErrors ??= []).push(err0);
errors++;
}
if(data.kind === undefined){
const err1 = {instancePath,schemaPath:"#/$defs/ProfileDocument/required",keyword:"required",params:{missingProperty: "kind"},message:"must have required property '"+"kind"+"'"};
(vErrors ??= []).push(err1);
errors++;
}
if(data.metadata === undefined){
const err2 = {instancePath,schemaPath:"#/$defs/ProfileDocument/required",keyword:"required",params:{missingProperty: "metadata"},message:"must have required property '"+"metadata"+"'"};
(vErrors ??= []).push(err2);
errors++;
}
if(data.spec === undefined){
const err3 = {instancePath,schemaPath:"#/$defs/ProfileDocument/required",keyword:"required",params:{missingProperty: "spec"},message:"must have required property '"+"spec"+"'"};
(vErrors ??= []).push(err3);
errors++;
}
for(const key0 in data){
if(!((((key0 === "apiVersion") || (key0 === "kind")) || (key0 === "metadata")) || (key0 === "spec"))){
const err4 = {instancePath,schemaPath:"#/$defs/ProfileDocument/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
(vErrors ??= []).push(err4);
errors++;
}
}
if(data.apiVersion !== undefined){
let data0 = data.apiVersion;
if(typeof data0 !== "string"){
const err5 = {instancePath:instancePath+"/apiVersion",schemaPath:"#/$defs/ProfileDocument/properties/apiVersion/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err5);
errors++;
}
if("mesh/v1" !== data0){
const err6 = {instancePath:instancePath+"/apiVersion",schemaPath:"#/$defs/ProfileDocument/properties/apiVersion/const",keyword:"const",params:{allowedValue: "mesh/v1"},message:"must be equal to constant"};
(vErrors ??= []).push(err6);
errors++;
}
}
if(data.kind !== undefined){
let data1 = data.kind;
if(typeof data1 !== "string"){
const err7 = {instancePath:instancePath+"/kind",schemaPath:"#/$defs/ProfileDocument/properties/kind/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err7);
errors++;
}
if("Profile" !== data1){
const err8 = {instancePath:instancePath+"/kind",schemaPath:"#/$defs/ProfileDocument/properties/kind/const",keyword:"const",params:{allowedValue: "Profile"},message:"must be equal to constant"};
(vErrors ??= []).push(err8);
errors++;
}
}
if(data.metadata !== undefined){
if(!(validate255(data.metadata, {instancePath:instancePath+"/metadata",parentData:data,parentDataProperty:"metadata",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate255.errors : vErrors.concat(validate255.errors);
errors = vErrors.length;
}
}
if(data.spec !== undefined){
let data3 = data.spec;
if(data3 && typeof data3 == "object" && !Array.isArray(data3)){
if(data3.settings === undefined){
const err9 = {instancePath:instancePath+"/spec",schemaPath:"#/$defs/ProfileDocument/properties/spec/required",keyword:"required",params:{missingProperty: "settings"},message:"must have required property '"+"settings"+"'"};
(vErrors ??= []).push(err9);
errors++;
}
for(const key1 in data3){
if(!(((key1 === "settings") || (key1 === "selector")) || (key1 === "lock"))){
const err10 = {instancePath:instancePath+"/spec",schemaPath:"#/$defs/ProfileDocument/properties/spec/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties"};
(vErrors ??= []).push(err10);
errors++;
}
}
if(data3.settings !== undefined){
if(!(validate283(data3.settings, {instancePath:instancePath+"/spec/settings",parentData:data3,parentDataProperty:"settings",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate283.errors : vErrors.concat(validate283.errors);
errors = vErrors.length;
}
}
if(data3.selector !== undefined){
let data5 = data3.selector;
if(data5 && typeof data5 == "object" && !Array.isArray(data5)){
if(Object.keys(data5).length < 1){
const err11 = {instancePath:instancePath+"/spec/selector",schemaPath:"#/$defs/ProfileDocument/properties/spec/properties/selector/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties"};
(vErrors ??= []).push(err11);
errors++;
}
for(const key2 in data5){
if(!((key2 === "namespaces") || (key2 === "labels"))){
const err12 = {instancePath:instancePath+"/spec/selector",schemaPath:"#/$defs/ProfileDocument/properties/spec/properties/selector/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key2},message:"must NOT have additional properties"};
(vErrors ??= []).push(err12);
errors++;
}
}
if(data5.namespaces !== undefined){
let data6 = data5.namespaces;
if(Array.isArray(data6)){
if(data6.length < 1){
const err13 = {instancePath:instancePath+"/spec/selector/namespaces",schemaPath:"#/$defs/ProfileDocument/properties/spec/properties/selector/properties/namespaces/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
(vErrors ??= []).push(err13);
errors++;
}
const len0 = data6.length;
for(let i0=0; i0<len0; i0++){
if(!(validate54(data6[i0], {instancePath:instancePath+"/spec/selector/namespaces/" + i0,parentData:data6,parentDataProperty:i0,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate54.errors : vErrors.concat(validate54.errors);
errors = vErrors.length;
}
}
}
else {
const err14 = {instancePath:instancePath+"/spec/selector/namespaces",schemaPath:"#/$defs/ProfileDocument/properties/spec/properties/selector/properties/namespaces/type",keyword:"type",params:{type: "array"},message:"must be array"};
(vErrors ??= []).push(err14);
errors++;
}
}
if(data5.labels !== undefined){
if(!(validate57(data5.labels, {instancePath:instancePath+"/spec/selector/labels",parentData:data5,parentDataProperty:"labels",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate57.errors : vErrors.concat(validate57.errors);
errors = vErrors.length;
}
}
}
else {
const err15 = {instancePath:instancePath+"/spec/selector",schemaPath:"#/$defs/ProfileDocument/properties/spec/properties/selector/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err15);
errors++;
}
}
if(data3.lock !== undefined){
let data9 = data3.lock;
if(Array.isArray(data9)){
const len1 = data9.length;
for(let i1=0; i1<len1; i1++){
let data10 = data9[i1];
if(typeof data10 === "string"){
if(func1(data10) > 256){
const err16 = {instancePath:instancePath+"/spec/lock/" + i1,schemaPath:"#/$defs/ProfileDocument/properties/spec/properties/lock/items/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"};
(vErrors ??= []).push(err16);
errors++;
}
if(!pattern60.test(data10)){
const err17 = {instancePath:instancePath+"/spec/lock/" + i1,schemaPath:"#/$defs/ProfileDocument/properties/spec/properties/lock/items/pattern",keyword:"pattern",params:{pattern: "^[a-z][A-Za-z0-9]*(?:\\.[a-z][A-Za-z0-9]*)*$"},message:"must match pattern \""+"^[a-z][A-Za-z0-9]*(?:\\.[a-z][A-Za-z0-9]*)*$"+"\""};
(vErrors ??= []).push(err17);
errors++;
}
}
else {
const err18 = {instancePath:instancePath+"/spec/lock/" + i1,schemaPath:"#/$defs/ProfileDocument/properties/spec/properties/lock/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err18);
errors++;
}
}
}
else {
const err19 = {instancePath:instancePath+"/spec/lock",schemaPath:"#/$defs/ProfileDocument/properties/spec/properties/lock/type",keyword:"type",params:{type: "array"},message:"must be array"};
(vErrors ??= []).push(err19);
errors++;
}
}
}
else {
const err20 = {instancePath:instancePath+"/spec",schemaPath:"#/$defs/ProfileDocument/properties/spec/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err20);
errors++;
}
}
}
else {
const err21 = {instancePath,schemaPath:"#/$defs/ProfileDocument/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err21);
errors++;
}
validate354.errors = vErrors;
return errors === 0;
}
validate354.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const isRollout = validate359;
const schema117 = {"type":"object","required":["apiVersion","kind","metadata","spec"],"additionalProperties":false,"properties":{"apiVersion":{"type":"string","const":"mesh/v1"},"kind":{"type":"string","const":"Rollout"},"metadata":{"$ref":"definition:/Metadata"},"spec":{"type":"object","required":["from","to"],"if":{"properties":{"order":false}},"then":{"properties":{"service":true},"required":["service"]},"additionalProperties":false,"properties":{"service":{"$ref":"definition:/ServiceReference"},"from":{"$ref":"definition:/DnsLabel"},"to":{"$ref":"definition:/DnsLabel"},"strategy":{"type":"string","enum":["canary","blue-green","ab","shadow"]},"match":{"$ref":"definition:/RouteMatch"},"steps":{"type":"array","minItems":1,"items":{"$ref":"definition:/RolloutStep"}},"pace":{"type":"string","enum":["evidence","fixed"]},"affinity":{"type":"string","enum":["none","session"]},"judge":{"$ref":"definition:/Judge"},"on":{"$ref":"definition:/Reactions"},"deadline":{"$ref":"definition:/PositiveDuration"},"maxWeightUnattended":{"$ref":"definition:/Percentage"},"targets":{"type":"array","minItems":1,"items":{"$ref":"definition:/DnsLabel"}},"order":{"type":"array","minItems":1,"items":{"$ref":"definition:/ServiceReference"}},"hooks":{"type":"array","items":{"$ref":"definition:/Hook"}},"engine":{"type":"string","enum":["mesh","flagger","argo-rollouts"]}}}},"$id":"definition:/RolloutDocument"};
const schema118 = {"type":"object","additionalProperties":false,"properties":{"path":{"$ref":"definition:/PathMatch"},"methods":{"$ref":"definition:/MethodList"},"headers":{"$ref":"definition:/HeaderMatches"},"cookies":{"$ref":"definition:/CookieMatches"},"query":{"type":"object","minProperties":1,"propertyNames":{"type":"string","minLength":1,"maxLength":1024},"additionalProperties":{"$ref":"definition:/QueryMatch"}},"port":{"$ref":"definition:/PortName"},"grpc":{"type":"object","minProperties":1,"additionalProperties":false,"properties":{"service":{"type":"string","maxLength":512,"pattern":"^[A-Za-z_][A-Za-z0-9_]*(?:\\.[A-Za-z_][A-Za-z0-9_]*)*$"},"method":{"type":"string","maxLength":256,"pattern":"^[A-Za-z_][A-Za-z0-9_]*$"}}},"sni":{"type":["string","array"],"maxLength":253,"pattern":"^(?:\\*\\.)?[a-z0-9](?:[-_a-z0-9]{0,61}[a-z0-9])?(?:\\.[a-z0-9](?:[-_a-z0-9]{0,61}[a-z0-9])?)*$","minItems":1,"items":{"$ref":"definition:/HostPattern"}},"from":{"$ref":"definition:/PrincipalList"}},"$id":"definition:/RouteMatch"};
const schema119 = {"type":"object","minProperties":1,"maxProperties":1,"additionalProperties":false,"properties":{"exact":{"type":"string"},"prefix":{"type":"string","minLength":1},"suffix":{"type":"string","minLength":1},"contains":{"type":"string","minLength":1},"regex":{"$ref":"definition:/Pattern"},"present":{"type":"boolean"}},"$id":"definition:/QueryMatch"};

function validate369(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate369.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(Object.keys(data).length > 1){
const err0 = {instancePath,schemaPath:"#/$defs/QueryMatch/maxProperties",keyword:"maxProperties",params:{limit: 1},message:"must NOT have more than 1 properties"};
(vErrors ??= []).push(err0);
errors++;
}
if(Object.keys(data).length < 1){
const err1 = {instancePath,schemaPath:"#/$defs/QueryMatch/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties"};
(vErrors ??= []).push(err1);
errors++;
}
for(const key0 in data){
if(!((((((key0 === "exact") || (key0 === "prefix")) || (key0 === "suffix")) || (key0 === "contains")) || (key0 === "regex")) || (key0 === "present"))){
const err2 = {instancePath,schemaPath:"#/$defs/QueryMatch/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
(vErrors ??= []).push(err2);
errors++;
}
}
if(data.exact !== undefined){
if(typeof data.exact !== "string"){
const err3 = {instancePath:instancePath+"/exact",schemaPath:"#/$defs/QueryMatch/properties/exact/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err3);
errors++;
}
}
if(data.prefix !== undefined){
let data1 = data.prefix;
if(typeof data1 === "string"){
if(func1(data1) < 1){
const err4 = {instancePath:instancePath+"/prefix",schemaPath:"#/$defs/QueryMatch/properties/prefix/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
(vErrors ??= []).push(err4);
errors++;
}
}
else {
const err5 = {instancePath:instancePath+"/prefix",schemaPath:"#/$defs/QueryMatch/properties/prefix/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err5);
errors++;
}
}
if(data.suffix !== undefined){
let data2 = data.suffix;
if(typeof data2 === "string"){
if(func1(data2) < 1){
const err6 = {instancePath:instancePath+"/suffix",schemaPath:"#/$defs/QueryMatch/properties/suffix/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
(vErrors ??= []).push(err6);
errors++;
}
}
else {
const err7 = {instancePath:instancePath+"/suffix",schemaPath:"#/$defs/QueryMatch/properties/suffix/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err7);
errors++;
}
}
if(data.contains !== undefined){
let data3 = data.contains;
if(typeof data3 === "string"){
if(func1(data3) < 1){
const err8 = {instancePath:instancePath+"/contains",schemaPath:"#/$defs/QueryMatch/properties/contains/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
(vErrors ??= []).push(err8);
errors++;
}
}
else {
const err9 = {instancePath:instancePath+"/contains",schemaPath:"#/$defs/QueryMatch/properties/contains/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err9);
errors++;
}
}
if(data.regex !== undefined){
if(!(validate93(data.regex, {instancePath:instancePath+"/regex",parentData:data,parentDataProperty:"regex",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate93.errors : vErrors.concat(validate93.errors);
errors = vErrors.length;
}
}
if(data.present !== undefined){
if(typeof data.present !== "boolean"){
const err10 = {instancePath:instancePath+"/present",schemaPath:"#/$defs/QueryMatch/properties/present/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
(vErrors ??= []).push(err10);
errors++;
}
}
}
else {
const err11 = {instancePath,schemaPath:"#/$defs/QueryMatch/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err11);
errors++;
}
validate369.errors = vErrors;
return errors === 0;
}
validate369.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const pattern61 = new RegExp("^[A-Za-z_][A-Za-z0-9_]*(?:\\.[A-Za-z_][A-Za-z0-9_]*)*$", "u");

function validate364(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate364.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(func40.call(schema118.properties, key0))){
const err0 = {instancePath,schemaPath:"#/$defs/RouteMatch/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
(vErrors ??= []).push(err0);
errors++;
}
}
if(data.path !== undefined){
if(!(validate88(data.path, {instancePath:instancePath+"/path",parentData:data,parentDataProperty:"path",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate88.errors : vErrors.concat(validate88.errors);
errors = vErrors.length;
}
}
if(data.methods !== undefined){
if(!(validate83(data.methods, {instancePath:instancePath+"/methods",parentData:data,parentDataProperty:"methods",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate83.errors : vErrors.concat(validate83.errors);
errors = vErrors.length;
}
}
if(data.headers !== undefined){
if(!(validate99(data.headers, {instancePath:instancePath+"/headers",parentData:data,parentDataProperty:"headers",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate99.errors : vErrors.concat(validate99.errors);
errors = vErrors.length;
}
}
if(data.cookies !== undefined){
if(!(validate109(data.cookies, {instancePath:instancePath+"/cookies",parentData:data,parentDataProperty:"cookies",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate109.errors : vErrors.concat(validate109.errors);
errors = vErrors.length;
}
}
if(data.query !== undefined){
let data4 = data.query;
if(data4 && typeof data4 == "object" && !Array.isArray(data4)){
if(Object.keys(data4).length < 1){
const err1 = {instancePath:instancePath+"/query",schemaPath:"#/$defs/RouteMatch/properties/query/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties"};
(vErrors ??= []).push(err1);
errors++;
}
for(const key1 in data4){
const _errs8 = errors;
if(typeof key1 === "string"){
if(func1(key1) > 1024){
const err2 = {instancePath:instancePath+"/query",schemaPath:"#/$defs/RouteMatch/properties/query/propertyNames/maxLength",keyword:"maxLength",params:{limit: 1024},message:"must NOT have more than 1024 characters",propertyName:key1};
(vErrors ??= []).push(err2);
errors++;
}
if(func1(key1) < 1){
const err3 = {instancePath:instancePath+"/query",schemaPath:"#/$defs/RouteMatch/properties/query/propertyNames/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",propertyName:key1};
(vErrors ??= []).push(err3);
errors++;
}
}
else {
const err4 = {instancePath:instancePath+"/query",schemaPath:"#/$defs/RouteMatch/properties/query/propertyNames/type",keyword:"type",params:{type: "string"},message:"must be string",propertyName:key1};
(vErrors ??= []).push(err4);
errors++;
}
var valid1 = _errs8 === errors;
if(!valid1){
const err5 = {instancePath:instancePath+"/query",schemaPath:"#/$defs/RouteMatch/properties/query/propertyNames",keyword:"propertyNames",params:{propertyName: key1},message:"property name must be valid"};
(vErrors ??= []).push(err5);
errors++;
}
}
for(const key2 in data4){
if(!(validate369(data4[key2], {instancePath:instancePath+"/query/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data4,parentDataProperty:key2,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate369.errors : vErrors.concat(validate369.errors);
errors = vErrors.length;
}
}
}
else {
const err6 = {instancePath:instancePath+"/query",schemaPath:"#/$defs/RouteMatch/properties/query/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err6);
errors++;
}
}
if(data.port !== undefined){
if(!(validate80(data.port, {instancePath:instancePath+"/port",parentData:data,parentDataProperty:"port",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate80.errors : vErrors.concat(validate80.errors);
errors = vErrors.length;
}
}
if(data.grpc !== undefined){
let data7 = data.grpc;
if(data7 && typeof data7 == "object" && !Array.isArray(data7)){
if(Object.keys(data7).length < 1){
const err7 = {instancePath:instancePath+"/grpc",schemaPath:"#/$defs/RouteMatch/properties/grpc/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties"};
(vErrors ??= []).push(err7);
errors++;
}
for(const key3 in data7){
if(!((key3 === "service") || (key3 === "method"))){
const err8 = {instancePath:instancePath+"/grpc",schemaPath:"#/$defs/RouteMatch/properties/grpc/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key3},message:"must NOT have additional properties"};
(vErrors ??= []).push(err8);
errors++;
}
}
if(data7.service !== undefined){
let data8 = data7.service;
if(typeof data8 === "string"){
if(func1(data8) > 512){
const err9 = {instancePath:instancePath+"/grpc/service",schemaPath:"#/$defs/RouteMatch/properties/grpc/properties/service/maxLength",keyword:"maxLength",params:{limit: 512},message:"must NOT have more than 512 characters"};
(vErrors ??= []).push(err9);
errors++;
}
if(!pattern61.test(data8)){
const err10 = {instancePath:instancePath+"/grpc/service",schemaPath:"#/$defs/RouteMatch/properties/grpc/properties/service/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z_][A-Za-z0-9_]*(?:\\.[A-Za-z_][A-Za-z0-9_]*)*$"},message:"must match pattern \""+"^[A-Za-z_][A-Za-z0-9_]*(?:\\.[A-Za-z_][A-Za-z0-9_]*)*$"+"\""};
(vErrors ??= []).push(err10);
errors++;
}
}
else {
const err11 = {instancePath:instancePath+"/grpc/service",schemaPath:"#/$defs/RouteMatch/properties/grpc/properties/service/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err11);
errors++;
}
}
if(data7.method !== undefined){
let data9 = data7.method;
if(typeof data9 === "string"){
if(func1(data9) > 256){
const err12 = {instancePath:instancePath+"/grpc/method",schemaPath:"#/$defs/RouteMatch/properties/grpc/properties/method/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"};
(vErrors ??= []).push(err12);
errors++;
}
if(!pattern57.test(data9)){
const err13 = {instancePath:instancePath+"/grpc/method",schemaPath:"#/$defs/RouteMatch/properties/grpc/properties/method/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z_][A-Za-z0-9_]*$"},message:"must match pattern \""+"^[A-Za-z_][A-Za-z0-9_]*$"+"\""};
(vErrors ??= []).push(err13);
errors++;
}
}
else {
const err14 = {instancePath:instancePath+"/grpc/method",schemaPath:"#/$defs/RouteMatch/properties/grpc/properties/method/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err14);
errors++;
}
}
}
else {
const err15 = {instancePath:instancePath+"/grpc",schemaPath:"#/$defs/RouteMatch/properties/grpc/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err15);
errors++;
}
}
if(data.sni !== undefined){
let data10 = data.sni;
if((typeof data10 !== "string") && (!(Array.isArray(data10)))){
const err16 = {instancePath:instancePath+"/sni",schemaPath:"#/$defs/RouteMatch/properties/sni/type",keyword:"type",params:{type: schema118.properties.sni.type},message:"must be string,array"};
(vErrors ??= []).push(err16);
errors++;
}
if(typeof data10 === "string"){
if(func1(data10) > 253){
const err17 = {instancePath:instancePath+"/sni",schemaPath:"#/$defs/RouteMatch/properties/sni/maxLength",keyword:"maxLength",params:{limit: 253},message:"must NOT have more than 253 characters"};
(vErrors ??= []).push(err17);
errors++;
}
if(!pattern16.test(data10)){
const err18 = {instancePath:instancePath+"/sni",schemaPath:"#/$defs/RouteMatch/properties/sni/pattern",keyword:"pattern",params:{pattern: "^(?:\\*\\.)?[a-z0-9](?:[-_a-z0-9]{0,61}[a-z0-9])?(?:\\.[a-z0-9](?:[-_a-z0-9]{0,61}[a-z0-9])?)*$"},message:"must match pattern \""+"^(?:\\*\\.)?[a-z0-9](?:[-_a-z0-9]{0,61}[a-z0-9])?(?:\\.[a-z0-9](?:[-_a-z0-9]{0,61}[a-z0-9])?)*$"+"\""};
(vErrors ??= []).push(err18);
errors++;
}
}
if(Array.isArray(data10)){
if(data10.length < 1){
const err19 = {instancePath:instancePath+"/sni",schemaPath:"#/$defs/RouteMatch/properties/sni/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
(vErrors ??= []).push(err19);
errors++;
}
const len0 = data10.length;
for(let i0=0; i0<len0; i0++){
if(!(validate97(data10[i0], {instancePath:instancePath+"/sni/" + i0,parentData:data10,parentDataProperty:i0,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate97.errors : vErrors.concat(validate97.errors);
errors = vErrors.length;
}
}
}
}
if(data.from !== undefined){
if(!(validate65(data.from, {instancePath:instancePath+"/from",parentData:data,parentDataProperty:"from",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate65.errors : vErrors.concat(validate65.errors);
errors = vErrors.length;
}
}
}
else {
const err20 = {instancePath,schemaPath:"#/$defs/RouteMatch/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err20);
errors++;
}
validate364.errors = vErrors;
return errors === 0;
}
validate364.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema120 = {"type":["string","number","object"],"pattern":"^(?:100(?:\\.0{1,4})?|[0-9]{1,2}(?:\\.[0-9]{1,4})?)%$","minimum":0,"maximum":100,"required":["weight"],"additionalProperties":false,"properties":{"weight":{"$ref":"definition:/Percentage"},"hold":{"$ref":"definition:/Duration"},"require":{"type":"string","enum":["approval"]}},"$id":"definition:/RolloutStep"};

function validate376(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate376.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(((typeof data !== "string") && (!((typeof data == "number") && (isFinite(data))))) && (!(data && typeof data == "object" && !Array.isArray(data)))){
const err0 = {instancePath,schemaPath:"#/$defs/RolloutStep/type",keyword:"type",params:{type: schema120.type},message:"must be string,number,object"};
(vErrors ??= []).push(err0);
errors++;
}
if((typeof data == "number") && (isFinite(data))){
if(data > 100 || isNaN(data)){
const err1 = {instancePath,schemaPath:"#/$defs/RolloutStep/maximum",keyword:"maximum",params:{comparison: "<=", limit: 100},message:"must be <= 100"};
(vErrors ??= []).push(err1);
errors++;
}
if(data < 0 || isNaN(data)){
const err2 = {instancePath,schemaPath:"#/$defs/RolloutStep/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"};
(vErrors ??= []).push(err2);
errors++;
}
}
if(typeof data === "string"){
if(!pattern32.test(data)){
const err3 = {instancePath,schemaPath:"#/$defs/RolloutStep/pattern",keyword:"pattern",params:{pattern: "^(?:100(?:\\.0{1,4})?|[0-9]{1,2}(?:\\.[0-9]{1,4})?)%$"},message:"must match pattern \""+"^(?:100(?:\\.0{1,4})?|[0-9]{1,2}(?:\\.[0-9]{1,4})?)%$"+"\""};
(vErrors ??= []).push(err3);
errors++;
}
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.weight === undefined){
const err4 = {instancePath,schemaPath:"#/$defs/RolloutStep/required",keyword:"required",params:{missingProperty: "weight"},message:"must have required property '"+"weight"+"'"};
(vErrors ??= []).push(err4);
errors++;
}
for(const key0 in data){
if(!(((key0 === "weight") || (key0 === "hold")) || (key0 === "require"))){
const err5 = {instancePath,schemaPath:"#/$defs/RolloutStep/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
(vErrors ??= []).push(err5);
errors++;
}
}
if(data.weight !== undefined){
if(!(validate205(data.weight, {instancePath:instancePath+"/weight",parentData:data,parentDataProperty:"weight",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate205.errors : vErrors.concat(validate205.errors);
errors = vErrors.length;
}
}
if(data.hold !== undefined){
if(!(validate155(data.hold, {instancePath:instancePath+"/hold",parentData:data,parentDataProperty:"hold",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate155.errors : vErrors.concat(validate155.errors);
errors = vErrors.length;
}
}
if(data.require !== undefined){
let data2 = data.require;
if(typeof data2 !== "string"){
const err6 = {instancePath:instancePath+"/require",schemaPath:"#/$defs/RolloutStep/properties/require/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err6);
errors++;
}
if(!(data2 === "approval")){
const err7 = {instancePath:instancePath+"/require",schemaPath:"#/$defs/RolloutStep/properties/require/enum",keyword:"enum",params:{allowedValues: schema120.properties.require.enum},message:"must be equal to one of the allowed values"};
(vErrors ??= []).push(err7);
errors++;
}
}
}
validate376.errors = vErrors;
return errors === 0;
}
validate376.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema121 = {"type":"object","additionalProperties":false,"properties":{"source":{"type":"string","enum":["prometheus","scrape","both"]},"interval":{"$ref":"definition:/PositiveDuration"},"success":{"type":"object","additionalProperties":false,"properties":{"slo":{"$ref":"definition:/Percentage"},"metric":{"type":"string","enum":["requests"]},"bad":{"type":"array","minItems":1,"items":{"$ref":"definition:/FailureClass"}}}},"latency":{"type":"object","required":["quantile","max"],"additionalProperties":false,"properties":{"quantile":{"type":"string","pattern":"^p[1-9][0-9]?(?:\\.[0-9]{1,4})?$"},"max":{"$ref":"definition:/PositiveDuration"}}},"custom":{"type":"array","items":{"$ref":"definition:/CustomMetric"}},"wrongRollback":{"$ref":"definition:/Percentage"},"wrongPromotion":{"$ref":"definition:/Percentage"},"atLeast":{"type":"number","exclusiveMinimum":1,"maximum":1000}},"$id":"definition:/Judge"};
const schema122 = {"type":["string","integer"],"if":{"type":"string","pattern":"^[0-9]+$"},"then":{"pattern":"^[1-5][0-9]{2}$"},"else":{"if":{"type":"string"},"then":{"enum":["4xx","5xx","grpc","reset","timeout","cancelled","unknown","invalid-argument","deadline-exceeded","not-found","already-exists","permission-denied","resource-exhausted","failed-precondition","aborted","out-of-range","unimplemented","internal","unavailable","data-loss","unauthenticated"]},"else":{"minimum":100,"maximum":599}},"$id":"definition:/FailureClass"};
const pattern66 = new RegExp("^[1-5][0-9]{2}$", "u");

function validate383(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate383.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if((typeof data !== "string") && (!(((typeof data == "number") && (!(data % 1) && !isNaN(data))) && (isFinite(data))))){
const err0 = {instancePath,schemaPath:"#/$defs/FailureClass/type",keyword:"type",params:{type: schema122.type},message:"must be string,integer"};
(vErrors ??= []).push(err0);
errors++;
}
const _errs1 = errors;
let valid0 = true;
const _errs2 = errors;
if(errors === _errs2){
if(typeof data === "string"){
if(!pattern28.test(data)){
const err1 = {};
(vErrors ??= []).push(err1);
errors++;
}
}
else {
const err2 = {};
(vErrors ??= []).push(err2);
errors++;
}
}
var _valid0 = _errs2 === errors;
errors = _errs1;
if(vErrors !== null){
if(_errs1){
vErrors.length = _errs1;
}
else {
vErrors = null;
}
}
let ifClause0;
if(_valid0){
const _errs4 = errors;
if(typeof data === "string"){
if(!pattern66.test(data)){
const err3 = {instancePath,schemaPath:"#/$defs/FailureClass/then/pattern",keyword:"pattern",params:{pattern: "^[1-5][0-9]{2}$"},message:"must match pattern \""+"^[1-5][0-9]{2}$"+"\""};
(vErrors ??= []).push(err3);
errors++;
}
}
var _valid0 = _errs4 === errors;
valid0 = _valid0;
ifClause0 = "then";
}
else {
const _errs5 = errors;
const _errs6 = errors;
let valid1 = true;
const _errs7 = errors;
if(typeof data !== "string"){
const err4 = {};
(vErrors ??= []).push(err4);
errors++;
}
var _valid1 = _errs7 === errors;
errors = _errs6;
if(vErrors !== null){
if(_errs6){
vErrors.length = _errs6;
}
else {
vErrors = null;
}
}
let ifClause1;
if(_valid1){
const _errs9 = errors;
if(!(((((((((((((((((((((data === "4xx") || (data === "5xx")) || (data === "grpc")) || (data === "reset")) || (data === "timeout")) || (data === "cancelled")) || (data === "unknown")) || (data === "invalid-argument")) || (data === "deadline-exceeded")) || (data === "not-found")) || (data === "already-exists")) || (data === "permission-denied")) || (data === "resource-exhausted")) || (data === "failed-precondition")) || (data === "aborted")) || (data === "out-of-range")) || (data === "unimplemented")) || (data === "internal")) || (data === "unavailable")) || (data === "data-loss")) || (data === "unauthenticated"))){
const err5 = {instancePath,schemaPath:"#/$defs/FailureClass/else/then/enum",keyword:"enum",params:{allowedValues: schema122.else.then.enum},message:"must be equal to one of the allowed values"};
(vErrors ??= []).push(err5);
errors++;
}
var _valid1 = _errs9 === errors;
valid1 = _valid1;
ifClause1 = "then";
}
else {
const _errs10 = errors;
if((typeof data == "number") && (isFinite(data))){
if(data > 599 || isNaN(data)){
const err6 = {instancePath,schemaPath:"#/$defs/FailureClass/else/else/maximum",keyword:"maximum",params:{comparison: "<=", limit: 599},message:"must be <= 599"};
(vErrors ??= []).push(err6);
errors++;
}
if(data < 100 || isNaN(data)){
const err7 = {instancePath,schemaPath:"#/$defs/FailureClass/else/else/minimum",keyword:"minimum",params:{comparison: ">=", limit: 100},message:"must be >= 100"};
(vErrors ??= []).push(err7);
errors++;
}
}
var _valid1 = _errs10 === errors;
valid1 = _valid1;
ifClause1 = "else";
}
if(!valid1){
const err8 = {instancePath,schemaPath:"#/$defs/FailureClass/else/if",keyword:"if",params:{failingKeyword: ifClause1},message:"must match \""+ifClause1+"\" schema"};
(vErrors ??= []).push(err8);
errors++;
}
var _valid0 = _errs5 === errors;
valid0 = _valid0;
ifClause0 = "else";
}
if(!valid0){
const err9 = {instancePath,schemaPath:"#/$defs/FailureClass/if",keyword:"if",params:{failingKeyword: ifClause0},message:"must match \""+ifClause0+"\" schema"};
(vErrors ??= []).push(err9);
errors++;
}
validate383.errors = vErrors;
return errors === 0;
}
validate383.evaluated = {"dynamicProps":false,"dynamicItems":false};

const schema123 = {"type":"object","required":["name","query","direction"],"additionalProperties":false,"properties":{"name":{"$ref":"definition:/DnsLabel"},"query":{"type":"string","minLength":1,"maxLength":16384},"direction":{"type":"string","enum":["increase","decrease"]}},"$id":"definition:/CustomMetric"};

function validate386(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate386.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.name === undefined){
const err0 = {instancePath,schemaPath:"#/$defs/CustomMetric/required",keyword:"required",params:{missingProperty: "name"},message:"must have required property '"+"name"+"'"};
(vErrors ??= []).push(err0);
errors++;
}
if(data.query === undefined){
const err1 = {instancePath,schemaPath:"#/$defs/CustomMetric/required",keyword:"required",params:{missingProperty: "query"},message:"must have required property '"+"query"+"'"};
(vErrors ??= []).push(err1);
errors++;
}
if(data.direction === undefined){
const err2 = {instancePath,schemaPath:"#/$defs/CustomMetric/required",keyword:"required",params:{missingProperty: "direction"},message:"must have required property '"+"direction"+"'"};
(vErrors ??= []).push(err2);
errors++;
}
for(const key0 in data){
if(!(((key0 === "name") || (key0 === "query")) || (key0 === "direction"))){
const err3 = {instancePath,schemaPath:"#/$defs/CustomMetric/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
(vErrors ??= []).push(err3);
errors++;
}
}
if(data.name !== undefined){
if(!(validate54(data.name, {instancePath:instancePath+"/name",parentData:data,parentDataProperty:"name",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate54.errors : vErrors.concat(validate54.errors);
errors = vErrors.length;
}
}
if(data.query !== undefined){
let data1 = data.query;
if(typeof data1 === "string"){
if(func1(data1) > 16384){
const err4 = {instancePath:instancePath+"/query",schemaPath:"#/$defs/CustomMetric/properties/query/maxLength",keyword:"maxLength",params:{limit: 16384},message:"must NOT have more than 16384 characters"};
(vErrors ??= []).push(err4);
errors++;
}
if(func1(data1) < 1){
const err5 = {instancePath:instancePath+"/query",schemaPath:"#/$defs/CustomMetric/properties/query/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
(vErrors ??= []).push(err5);
errors++;
}
}
else {
const err6 = {instancePath:instancePath+"/query",schemaPath:"#/$defs/CustomMetric/properties/query/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err6);
errors++;
}
}
if(data.direction !== undefined){
let data2 = data.direction;
if(typeof data2 !== "string"){
const err7 = {instancePath:instancePath+"/direction",schemaPath:"#/$defs/CustomMetric/properties/direction/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err7);
errors++;
}
if(!((data2 === "increase") || (data2 === "decrease"))){
const err8 = {instancePath:instancePath+"/direction",schemaPath:"#/$defs/CustomMetric/properties/direction/enum",keyword:"enum",params:{allowedValues: schema123.properties.direction.enum},message:"must be equal to one of the allowed values"};
(vErrors ??= []).push(err8);
errors++;
}
}
}
else {
const err9 = {instancePath,schemaPath:"#/$defs/CustomMetric/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err9);
errors++;
}
validate386.errors = vErrors;
return errors === 0;
}
validate386.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const pattern67 = new RegExp("^p[1-9][0-9]?(?:\\.[0-9]{1,4})?$", "u");

function validate380(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate380.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!((((((((key0 === "source") || (key0 === "interval")) || (key0 === "success")) || (key0 === "latency")) || (key0 === "custom")) || (key0 === "wrongRollback")) || (key0 === "wrongPromotion")) || (key0 === "atLeast"))){
const err0 = {instancePath,schemaPath:"#/$defs/Judge/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
(vErrors ??= []).push(err0);
errors++;
}
}
if(data.source !== undefined){
let data0 = data.source;
if(typeof data0 !== "string"){
const err1 = {instancePath:instancePath+"/source",schemaPath:"#/$defs/Judge/properties/source/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err1);
errors++;
}
if(!(((data0 === "prometheus") || (data0 === "scrape")) || (data0 === "both"))){
const err2 = {instancePath:instancePath+"/source",schemaPath:"#/$defs/Judge/properties/source/enum",keyword:"enum",params:{allowedValues: schema121.properties.source.enum},message:"must be equal to one of the allowed values"};
(vErrors ??= []).push(err2);
errors++;
}
}
if(data.interval !== undefined){
if(!(validate194(data.interval, {instancePath:instancePath+"/interval",parentData:data,parentDataProperty:"interval",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate194.errors : vErrors.concat(validate194.errors);
errors = vErrors.length;
}
}
if(data.success !== undefined){
let data2 = data.success;
if(data2 && typeof data2 == "object" && !Array.isArray(data2)){
for(const key1 in data2){
if(!(((key1 === "slo") || (key1 === "metric")) || (key1 === "bad"))){
const err3 = {instancePath:instancePath+"/success",schemaPath:"#/$defs/Judge/properties/success/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties"};
(vErrors ??= []).push(err3);
errors++;
}
}
if(data2.slo !== undefined){
if(!(validate205(data2.slo, {instancePath:instancePath+"/success/slo",parentData:data2,parentDataProperty:"slo",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate205.errors : vErrors.concat(validate205.errors);
errors = vErrors.length;
}
}
if(data2.metric !== undefined){
let data4 = data2.metric;
if(typeof data4 !== "string"){
const err4 = {instancePath:instancePath+"/success/metric",schemaPath:"#/$defs/Judge/properties/success/properties/metric/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err4);
errors++;
}
if(!(data4 === "requests")){
const err5 = {instancePath:instancePath+"/success/metric",schemaPath:"#/$defs/Judge/properties/success/properties/metric/enum",keyword:"enum",params:{allowedValues: schema121.properties.success.properties.metric.enum},message:"must be equal to one of the allowed values"};
(vErrors ??= []).push(err5);
errors++;
}
}
if(data2.bad !== undefined){
let data5 = data2.bad;
if(Array.isArray(data5)){
if(data5.length < 1){
const err6 = {instancePath:instancePath+"/success/bad",schemaPath:"#/$defs/Judge/properties/success/properties/bad/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
(vErrors ??= []).push(err6);
errors++;
}
const len0 = data5.length;
for(let i0=0; i0<len0; i0++){
if(!(validate383(data5[i0], {instancePath:instancePath+"/success/bad/" + i0,parentData:data5,parentDataProperty:i0,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate383.errors : vErrors.concat(validate383.errors);
errors = vErrors.length;
}
}
}
else {
const err7 = {instancePath:instancePath+"/success/bad",schemaPath:"#/$defs/Judge/properties/success/properties/bad/type",keyword:"type",params:{type: "array"},message:"must be array"};
(vErrors ??= []).push(err7);
errors++;
}
}
}
else {
const err8 = {instancePath:instancePath+"/success",schemaPath:"#/$defs/Judge/properties/success/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err8);
errors++;
}
}
if(data.latency !== undefined){
let data7 = data.latency;
if(data7 && typeof data7 == "object" && !Array.isArray(data7)){
if(data7.quantile === undefined){
const err9 = {instancePath:instancePath+"/latency",schemaPath:"#/$defs/Judge/properties/latency/required",keyword:"required",params:{missingProperty: "quantile"},message:"must have required property '"+"quantile"+"'"};
(vErrors ??= []).push(err9);
errors++;
}
if(data7.max === undefined){
const err10 = {instancePath:instancePath+"/latency",schemaPath:"#/$defs/Judge/properties/latency/required",keyword:"required",params:{missingProperty: "max"},message:"must have required property '"+"max"+"'"};
(vErrors ??= []).push(err10);
errors++;
}
for(const key2 in data7){
if(!((key2 === "quantile") || (key2 === "max"))){
const err11 = {instancePath:instancePath+"/latency",schemaPath:"#/$defs/Judge/properties/latency/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key2},message:"must NOT have additional properties"};
(vErrors ??= []).push(err11);
errors++;
}
}
if(data7.quantile !== undefined){
let data8 = data7.quantile;
if(typeof data8 === "string"){
if(!pattern67.test(data8)){
const err12 = {instancePath:instancePath+"/latency/quantile",schemaPath:"#/$defs/Judge/properties/latency/properties/quantile/pattern",keyword:"pattern",params:{pattern: "^p[1-9][0-9]?(?:\\.[0-9]{1,4})?$"},message:"must match pattern \""+"^p[1-9][0-9]?(?:\\.[0-9]{1,4})?$"+"\""};
(vErrors ??= []).push(err12);
errors++;
}
}
else {
const err13 = {instancePath:instancePath+"/latency/quantile",schemaPath:"#/$defs/Judge/properties/latency/properties/quantile/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err13);
errors++;
}
}
if(data7.max !== undefined){
if(!(validate194(data7.max, {instancePath:instancePath+"/latency/max",parentData:data7,parentDataProperty:"max",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate194.errors : vErrors.concat(validate194.errors);
errors = vErrors.length;
}
}
}
else {
const err14 = {instancePath:instancePath+"/latency",schemaPath:"#/$defs/Judge/properties/latency/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err14);
errors++;
}
}
if(data.custom !== undefined){
let data10 = data.custom;
if(Array.isArray(data10)){
const len1 = data10.length;
for(let i1=0; i1<len1; i1++){
if(!(validate386(data10[i1], {instancePath:instancePath+"/custom/" + i1,parentData:data10,parentDataProperty:i1,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate386.errors : vErrors.concat(validate386.errors);
errors = vErrors.length;
}
}
}
else {
const err15 = {instancePath:instancePath+"/custom",schemaPath:"#/$defs/Judge/properties/custom/type",keyword:"type",params:{type: "array"},message:"must be array"};
(vErrors ??= []).push(err15);
errors++;
}
}
if(data.wrongRollback !== undefined){
if(!(validate205(data.wrongRollback, {instancePath:instancePath+"/wrongRollback",parentData:data,parentDataProperty:"wrongRollback",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate205.errors : vErrors.concat(validate205.errors);
errors = vErrors.length;
}
}
if(data.wrongPromotion !== undefined){
if(!(validate205(data.wrongPromotion, {instancePath:instancePath+"/wrongPromotion",parentData:data,parentDataProperty:"wrongPromotion",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate205.errors : vErrors.concat(validate205.errors);
errors = vErrors.length;
}
}
if(data.atLeast !== undefined){
let data14 = data.atLeast;
if((typeof data14 == "number") && (isFinite(data14))){
if(data14 > 1000 || isNaN(data14)){
const err16 = {instancePath:instancePath+"/atLeast",schemaPath:"#/$defs/Judge/properties/atLeast/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000},message:"must be <= 1000"};
(vErrors ??= []).push(err16);
errors++;
}
if(data14 <= 1 || isNaN(data14)){
const err17 = {instancePath:instancePath+"/atLeast",schemaPath:"#/$defs/Judge/properties/atLeast/exclusiveMinimum",keyword:"exclusiveMinimum",params:{comparison: ">", limit: 1},message:"must be > 1"};
(vErrors ??= []).push(err17);
errors++;
}
}
else {
const err18 = {instancePath:instancePath+"/atLeast",schemaPath:"#/$defs/Judge/properties/atLeast/type",keyword:"type",params:{type: "number"},message:"must be number"};
(vErrors ??= []).push(err18);
errors++;
}
}
}
else {
const err19 = {instancePath,schemaPath:"#/$defs/Judge/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err19);
errors++;
}
validate380.errors = vErrors;
return errors === 0;
}
validate380.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema124 = {"type":"object","additionalProperties":false,"properties":{"fail":{"$ref":"definition:/Reaction"},"inconclusive":{"$ref":"definition:/Reaction"},"blind":{"$ref":"definition:/Reaction"},"runnerLost":{"$ref":"definition:/Reaction"}},"$id":"definition:/Reactions"};
const schema125 = {"type":"string","enum":["rollback","hold"],"$id":"definition:/Reaction"};

function validate393(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate393.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(typeof data !== "string"){
const err0 = {instancePath,schemaPath:"#/$defs/Reaction/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err0);
errors++;
}
if(!((data === "rollback") || (data === "hold"))){
const err1 = {instancePath,schemaPath:"#/$defs/Reaction/enum",keyword:"enum",params:{allowedValues: schema125.enum},message:"must be equal to one of the allowed values"};
(vErrors ??= []).push(err1);
errors++;
}
validate393.errors = vErrors;
return errors === 0;
}
validate393.evaluated = {"dynamicProps":false,"dynamicItems":false};


function validate392(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate392.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!((((key0 === "fail") || (key0 === "inconclusive")) || (key0 === "blind")) || (key0 === "runnerLost"))){
const err0 = {instancePath,schemaPath:"#/$defs/Reactions/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
(vErrors ??= []).push(err0);
errors++;
}
}
if(data.fail !== undefined){
if(!(validate393(data.fail, {instancePath:instancePath+"/fail",parentData:data,parentDataProperty:"fail",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate393.errors : vErrors.concat(validate393.errors);
errors = vErrors.length;
}
}
if(data.inconclusive !== undefined){
if(!(validate393(data.inconclusive, {instancePath:instancePath+"/inconclusive",parentData:data,parentDataProperty:"inconclusive",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate393.errors : vErrors.concat(validate393.errors);
errors = vErrors.length;
}
}
if(data.blind !== undefined){
if(!(validate393(data.blind, {instancePath:instancePath+"/blind",parentData:data,parentDataProperty:"blind",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate393.errors : vErrors.concat(validate393.errors);
errors = vErrors.length;
}
}
if(data.runnerLost !== undefined){
if(!(validate393(data.runnerLost, {instancePath:instancePath+"/runnerLost",parentData:data,parentDataProperty:"runnerLost",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate393.errors : vErrors.concat(validate393.errors);
errors = vErrors.length;
}
}
}
else {
const err1 = {instancePath,schemaPath:"#/$defs/Reactions/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err1);
errors++;
}
validate392.errors = vErrors;
return errors === 0;
}
validate392.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema126 = {"type":"object","required":["on"],"if":{"properties":{"command":false}},"then":{"properties":{"url":true},"required":["url"]},"additionalProperties":false,"properties":{"on":{"type":"array","minItems":1,"items":{"type":"string","enum":["step","verdict","end"]}},"url":{"$ref":"definition:/Url"},"command":{"type":"array","minItems":1,"maxItems":64,"items":{"type":"string","maxLength":4096,"pattern":"^[^\\u0000]*$"}},"secret":{"type":"object","required":["env"],"additionalProperties":false,"properties":{"env":{"type":"string","maxLength":256,"pattern":"^[A-Za-z_][A-Za-z0-9_]*$"}}},"gate":{"type":"boolean"}},"$id":"definition:/Hook"};
const pattern68 = new RegExp("^[^\\u0000]*$", "u");

function validate403(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate403.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
const _errs1 = errors;
let valid0 = true;
const _errs2 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.command !== undefined){
const err0 = {};
(vErrors ??= []).push(err0);
errors++;
}
}
var _valid0 = _errs2 === errors;
errors = _errs1;
if(vErrors !== null){
if(_errs1){
vErrors.length = _errs1;
}
else {
vErrors = null;
}
}
if(_valid0){
const _errs3 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.url === undefined){
const err1 = {instancePath,schemaPath:"#/$defs/Hook/then/required",keyword:"required",params:{missingProperty: "url"},message:"must have required property '"+"url"+"'"};
(vErrors ??= []).push(err1);
errors++;
}
}
var _valid0 = _errs3 === errors;
valid0 = _valid0;
if(valid0){
var props0 = {};
props0.url = true;
props0.command = true;
}
}
if(!valid0){
const err2 = {instancePath,schemaPath:"#/$defs/Hook/if",keyword:"if",params:{failingKeyword: "then"},message:"must match \"then\" schema"};
(vErrors ??= []).push(err2);
errors++;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.on === undefined){
const err3 = {instancePath,schemaPath:"#/$defs/Hook/required",keyword:"required",params:{missingProperty: "on"},message:"must have required property '"+"on"+"'"};
(vErrors ??= []).push(err3);
errors++;
}
for(const key0 in data){
if(!(((((key0 === "on") || (key0 === "url")) || (key0 === "command")) || (key0 === "secret")) || (key0 === "gate"))){
const err4 = {instancePath,schemaPath:"#/$defs/Hook/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
(vErrors ??= []).push(err4);
errors++;
}
}
if(data.on !== undefined){
let data1 = data.on;
if(Array.isArray(data1)){
if(data1.length < 1){
const err5 = {instancePath:instancePath+"/on",schemaPath:"#/$defs/Hook/properties/on/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
(vErrors ??= []).push(err5);
errors++;
}
const len0 = data1.length;
for(let i0=0; i0<len0; i0++){
let data2 = data1[i0];
if(typeof data2 !== "string"){
const err6 = {instancePath:instancePath+"/on/" + i0,schemaPath:"#/$defs/Hook/properties/on/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err6);
errors++;
}
if(!(((data2 === "step") || (data2 === "verdict")) || (data2 === "end"))){
const err7 = {instancePath:instancePath+"/on/" + i0,schemaPath:"#/$defs/Hook/properties/on/items/enum",keyword:"enum",params:{allowedValues: schema126.properties.on.items.enum},message:"must be equal to one of the allowed values"};
(vErrors ??= []).push(err7);
errors++;
}
}
}
else {
const err8 = {instancePath:instancePath+"/on",schemaPath:"#/$defs/Hook/properties/on/type",keyword:"type",params:{type: "array"},message:"must be array"};
(vErrors ??= []).push(err8);
errors++;
}
}
if(data.url !== undefined){
if(!(validate144(data.url, {instancePath:instancePath+"/url",parentData:data,parentDataProperty:"url",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate144.errors : vErrors.concat(validate144.errors);
errors = vErrors.length;
}
}
if(data.command !== undefined){
let data4 = data.command;
if(Array.isArray(data4)){
if(data4.length > 64){
const err9 = {instancePath:instancePath+"/command",schemaPath:"#/$defs/Hook/properties/command/maxItems",keyword:"maxItems",params:{limit: 64},message:"must NOT have more than 64 items"};
(vErrors ??= []).push(err9);
errors++;
}
if(data4.length < 1){
const err10 = {instancePath:instancePath+"/command",schemaPath:"#/$defs/Hook/properties/command/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
(vErrors ??= []).push(err10);
errors++;
}
const len1 = data4.length;
for(let i1=0; i1<len1; i1++){
let data5 = data4[i1];
if(typeof data5 === "string"){
if(func1(data5) > 4096){
const err11 = {instancePath:instancePath+"/command/" + i1,schemaPath:"#/$defs/Hook/properties/command/items/maxLength",keyword:"maxLength",params:{limit: 4096},message:"must NOT have more than 4096 characters"};
(vErrors ??= []).push(err11);
errors++;
}
if(!pattern68.test(data5)){
const err12 = {instancePath:instancePath+"/command/" + i1,schemaPath:"#/$defs/Hook/properties/command/items/pattern",keyword:"pattern",params:{pattern: "^[^\\u0000]*$"},message:"must match pattern \""+"^[^\\u0000]*$"+"\""};
(vErrors ??= []).push(err12);
errors++;
}
}
else {
const err13 = {instancePath:instancePath+"/command/" + i1,schemaPath:"#/$defs/Hook/properties/command/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err13);
errors++;
}
}
}
else {
const err14 = {instancePath:instancePath+"/command",schemaPath:"#/$defs/Hook/properties/command/type",keyword:"type",params:{type: "array"},message:"must be array"};
(vErrors ??= []).push(err14);
errors++;
}
}
if(data.secret !== undefined){
let data6 = data.secret;
if(data6 && typeof data6 == "object" && !Array.isArray(data6)){
if(data6.env === undefined){
const err15 = {instancePath:instancePath+"/secret",schemaPath:"#/$defs/Hook/properties/secret/required",keyword:"required",params:{missingProperty: "env"},message:"must have required property '"+"env"+"'"};
(vErrors ??= []).push(err15);
errors++;
}
for(const key1 in data6){
if(!(key1 === "env")){
const err16 = {instancePath:instancePath+"/secret",schemaPath:"#/$defs/Hook/properties/secret/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties"};
(vErrors ??= []).push(err16);
errors++;
}
}
if(data6.env !== undefined){
let data7 = data6.env;
if(typeof data7 === "string"){
if(func1(data7) > 256){
const err17 = {instancePath:instancePath+"/secret/env",schemaPath:"#/$defs/Hook/properties/secret/properties/env/maxLength",keyword:"maxLength",params:{limit: 256},message:"must NOT have more than 256 characters"};
(vErrors ??= []).push(err17);
errors++;
}
if(!pattern57.test(data7)){
const err18 = {instancePath:instancePath+"/secret/env",schemaPath:"#/$defs/Hook/properties/secret/properties/env/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z_][A-Za-z0-9_]*$"},message:"must match pattern \""+"^[A-Za-z_][A-Za-z0-9_]*$"+"\""};
(vErrors ??= []).push(err18);
errors++;
}
}
else {
const err19 = {instancePath:instancePath+"/secret/env",schemaPath:"#/$defs/Hook/properties/secret/properties/env/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err19);
errors++;
}
}
}
else {
const err20 = {instancePath:instancePath+"/secret",schemaPath:"#/$defs/Hook/properties/secret/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err20);
errors++;
}
}
if(data.gate !== undefined){
if(typeof data.gate !== "boolean"){
const err21 = {instancePath:instancePath+"/gate",schemaPath:"#/$defs/Hook/properties/gate/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
(vErrors ??= []).push(err21);
errors++;
}
}
}
else {
const err22 = {instancePath,schemaPath:"#/$defs/Hook/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err22);
errors++;
}
validate403.errors = vErrors;
return errors === 0;
}
validate403.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};


function validate359(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate359.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.apiVersion === undefined){
const err0 = {instancePath,schemaPath:"#/$defs/RolloutDocument/required",keyword:"required",params:{missingProperty: "apiVersion"},message:"must have required property '"+"apiVersion"+"'"};
(vErrors ??= []).push(err0);
errors++;
}
if(data.kind === undefined){
const err1 = {instancePath,schemaPath:"#/$defs/RolloutDocument/required",keyword:"required",params:{missingProperty: "kind"},message:"must have required property '"+"kind"+"'"};
(vErrors ??= []).push(err1);
errors++;
}
if(data.metadata === undefined){
const err2 = {instancePath,schemaPath:"#/$defs/RolloutDocument/required",keyword:"required",params:{missingProperty: "metadata"},message:"must have required property '"+"metadata"+"'"};
(vErrors ??= []).push(err2);
errors++;
}
if(data.spec === undefined){
const err3 = {instancePath,schemaPath:"#/$defs/RolloutDocument/required",keyword:"required",params:{missingProperty: "spec"},message:"must have required property '"+"spec"+"'"};
(vErrors ??= []).push(err3);
errors++;
}
for(const key0 in data){
if(!((((key0 === "apiVersion") || (key0 === "kind")) || (key0 === "metadata")) || (key0 === "spec"))){
const err4 = {instancePath,schemaPath:"#/$defs/RolloutDocument/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
(vErrors ??= []).push(err4);
errors++;
}
}
if(data.apiVersion !== undefined){
let data0 = data.apiVersion;
if(typeof data0 !== "string"){
const err5 = {instancePath:instancePath+"/apiVersion",schemaPath:"#/$defs/RolloutDocument/properties/apiVersion/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err5);
errors++;
}
if("mesh/v1" !== data0){
const err6 = {instancePath:instancePath+"/apiVersion",schemaPath:"#/$defs/RolloutDocument/properties/apiVersion/const",keyword:"const",params:{allowedValue: "mesh/v1"},message:"must be equal to constant"};
(vErrors ??= []).push(err6);
errors++;
}
}
if(data.kind !== undefined){
let data1 = data.kind;
if(typeof data1 !== "string"){
const err7 = {instancePath:instancePath+"/kind",schemaPath:"#/$defs/RolloutDocument/properties/kind/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err7);
errors++;
}
if("Rollout" !== data1){
const err8 = {instancePath:instancePath+"/kind",schemaPath:"#/$defs/RolloutDocument/properties/kind/const",keyword:"const",params:{allowedValue: "Rollout"},message:"must be equal to constant"};
(vErrors ??= []).push(err8);
errors++;
}
}
if(data.metadata !== undefined){
if(!(validate53(data.metadata, {instancePath:instancePath+"/metadata",parentData:data,parentDataProperty:"metadata",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate53.errors : vErrors.concat(validate53.errors);
errors = vErrors.length;
}
}
if(data.spec !== undefined){
let data3 = data.spec;
const _errs9 = errors;
let valid1 = true;
const _errs10 = errors;
if(data3 && typeof data3 == "object" && !Array.isArray(data3)){
if(data3.order !== undefined){
const err9 = {};
(vErrors ??= []).push(err9);
errors++;
}
}
var _valid0 = _errs10 === errors;
errors = _errs9;
if(vErrors !== null){
if(_errs9){
vErrors.length = _errs9;
}
else {
vErrors = null;
}
}
if(_valid0){
const _errs11 = errors;
if(data3 && typeof data3 == "object" && !Array.isArray(data3)){
if(data3.service === undefined){
const err10 = {instancePath:instancePath+"/spec",schemaPath:"#/$defs/RolloutDocument/properties/spec/then/required",keyword:"required",params:{missingProperty: "service"},message:"must have required property '"+"service"+"'"};
(vErrors ??= []).push(err10);
errors++;
}
}
var _valid0 = _errs11 === errors;
valid1 = _valid0;
if(valid1){
var props0 = {};
props0.service = true;
props0.order = true;
}
}
if(!valid1){
const err11 = {instancePath:instancePath+"/spec",schemaPath:"#/$defs/RolloutDocument/properties/spec/if",keyword:"if",params:{failingKeyword: "then"},message:"must match \"then\" schema"};
(vErrors ??= []).push(err11);
errors++;
}
if(data3 && typeof data3 == "object" && !Array.isArray(data3)){
if(data3.from === undefined){
const err12 = {instancePath:instancePath+"/spec",schemaPath:"#/$defs/RolloutDocument/properties/spec/required",keyword:"required",params:{missingProperty: "from"},message:"must have required property '"+"from"+"'"};
(vErrors ??= []).push(err12);
errors++;
}
if(data3.to === undefined){
const err13 = {instancePath:instancePath+"/spec",schemaPath:"#/$defs/RolloutDocument/properties/spec/required",keyword:"required",params:{missingProperty: "to"},message:"must have required property '"+"to"+"'"};
(vErrors ??= []).push(err13);
errors++;
}
for(const key1 in data3){
if(!(func40.call(schema117.properties.spec.properties, key1))){
const err14 = {instancePath:instancePath+"/spec",schemaPath:"#/$defs/RolloutDocument/properties/spec/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties"};
(vErrors ??= []).push(err14);
errors++;
}
}
if(data3.service !== undefined){
if(!(validate67(data3.service, {instancePath:instancePath+"/spec/service",parentData:data3,parentDataProperty:"service",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate67.errors : vErrors.concat(validate67.errors);
errors = vErrors.length;
}
}
if(data3.from !== undefined){
if(!(validate54(data3.from, {instancePath:instancePath+"/spec/from",parentData:data3,parentDataProperty:"from",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate54.errors : vErrors.concat(validate54.errors);
errors = vErrors.length;
}
}
if(data3.to !== undefined){
if(!(validate54(data3.to, {instancePath:instancePath+"/spec/to",parentData:data3,parentDataProperty:"to",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate54.errors : vErrors.concat(validate54.errors);
errors = vErrors.length;
}
}
if(data3.strategy !== undefined){
let data8 = data3.strategy;
if(typeof data8 !== "string"){
const err15 = {instancePath:instancePath+"/spec/strategy",schemaPath:"#/$defs/RolloutDocument/properties/spec/properties/strategy/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err15);
errors++;
}
if(!((((data8 === "canary") || (data8 === "blue-green")) || (data8 === "ab")) || (data8 === "shadow"))){
const err16 = {instancePath:instancePath+"/spec/strategy",schemaPath:"#/$defs/RolloutDocument/properties/spec/properties/strategy/enum",keyword:"enum",params:{allowedValues: schema117.properties.spec.properties.strategy.enum},message:"must be equal to one of the allowed values"};
(vErrors ??= []).push(err16);
errors++;
}
}
if(data3.match !== undefined){
if(!(validate364(data3.match, {instancePath:instancePath+"/spec/match",parentData:data3,parentDataProperty:"match",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate364.errors : vErrors.concat(validate364.errors);
errors = vErrors.length;
}
}
if(data3.steps !== undefined){
let data10 = data3.steps;
if(Array.isArray(data10)){
if(data10.length < 1){
const err17 = {instancePath:instancePath+"/spec/steps",schemaPath:"#/$defs/RolloutDocument/properties/spec/properties/steps/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
(vErrors ??= []).push(err17);
errors++;
}
const len0 = data10.length;
for(let i0=0; i0<len0; i0++){
if(!(validate376(data10[i0], {instancePath:instancePath+"/spec/steps/" + i0,parentData:data10,parentDataProperty:i0,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate376.errors : vErrors.concat(validate376.errors);
errors = vErrors.length;
}
}
}
else {
const err18 = {instancePath:instancePath+"/spec/steps",schemaPath:"#/$defs/RolloutDocument/properties/spec/properties/steps/type",keyword:"type",params:{type: "array"},message:"must be array"};
(vErrors ??= []).push(err18);
errors++;
}
}
if(data3.pace !== undefined){
let data12 = data3.pace;
if(typeof data12 !== "string"){
const err19 = {instancePath:instancePath+"/spec/pace",schemaPath:"#/$defs/RolloutDocument/properties/spec/properties/pace/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err19);
errors++;
}
if(!((data12 === "evidence") || (data12 === "fixed"))){
const err20 = {instancePath:instancePath+"/spec/pace",schemaPath:"#/$defs/RolloutDocument/properties/spec/properties/pace/enum",keyword:"enum",params:{allowedValues: schema117.properties.spec.properties.pace.enum},message:"must be equal to one of the allowed values"};
(vErrors ??= []).push(err20);
errors++;
}
}
if(data3.affinity !== undefined){
let data13 = data3.affinity;
if(typeof data13 !== "string"){
const err21 = {instancePath:instancePath+"/spec/affinity",schemaPath:"#/$defs/RolloutDocument/properties/spec/properties/affinity/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err21);
errors++;
}
if(!((data13 === "none") || (data13 === "session"))){
const err22 = {instancePath:instancePath+"/spec/affinity",schemaPath:"#/$defs/RolloutDocument/properties/spec/properties/affinity/enum",keyword:"enum",params:{allowedValues: schema117.properties.spec.properties.affinity.enum},message:"must be equal to one of the allowed values"};
(vErrors ??= []).push(err22);
errors++;
}
}
if(data3.judge !== undefined){
if(!(validate380(data3.judge, {instancePath:instancePath+"/spec/judge",parentData:data3,parentDataProperty:"judge",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate380.errors : vErrors.concat(validate380.errors);
errors = vErrors.length;
}
}
if(data3.on !== undefined){
if(!(validate392(data3.on, {instancePath:instancePath+"/spec/on",parentData:data3,parentDataProperty:"on",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate392.errors : vErrors.concat(validate392.errors);
errors = vErrors.length;
}
}
if(data3.deadline !== undefined){
if(!(validate194(data3.deadline, {instancePath:instancePath+"/spec/deadline",parentData:data3,parentDataProperty:"deadline",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate194.errors : vErrors.concat(validate194.errors);
errors = vErrors.length;
}
}
if(data3.maxWeightUnattended !== undefined){
if(!(validate205(data3.maxWeightUnattended, {instancePath:instancePath+"/spec/maxWeightUnattended",parentData:data3,parentDataProperty:"maxWeightUnattended",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate205.errors : vErrors.concat(validate205.errors);
errors = vErrors.length;
}
}
if(data3.targets !== undefined){
let data18 = data3.targets;
if(Array.isArray(data18)){
if(data18.length < 1){
const err23 = {instancePath:instancePath+"/spec/targets",schemaPath:"#/$defs/RolloutDocument/properties/spec/properties/targets/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
(vErrors ??= []).push(err23);
errors++;
}
const len1 = data18.length;
for(let i1=0; i1<len1; i1++){
if(!(validate54(data18[i1], {instancePath:instancePath+"/spec/targets/" + i1,parentData:data18,parentDataProperty:i1,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate54.errors : vErrors.concat(validate54.errors);
errors = vErrors.length;
}
}
}
else {
const err24 = {instancePath:instancePath+"/spec/targets",schemaPath:"#/$defs/RolloutDocument/properties/spec/properties/targets/type",keyword:"type",params:{type: "array"},message:"must be array"};
(vErrors ??= []).push(err24);
errors++;
}
}
if(data3.order !== undefined){
let data20 = data3.order;
if(Array.isArray(data20)){
if(data20.length < 1){
const err25 = {instancePath:instancePath+"/spec/order",schemaPath:"#/$defs/RolloutDocument/properties/spec/properties/order/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
(vErrors ??= []).push(err25);
errors++;
}
const len2 = data20.length;
for(let i2=0; i2<len2; i2++){
if(!(validate67(data20[i2], {instancePath:instancePath+"/spec/order/" + i2,parentData:data20,parentDataProperty:i2,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate67.errors : vErrors.concat(validate67.errors);
errors = vErrors.length;
}
}
}
else {
const err26 = {instancePath:instancePath+"/spec/order",schemaPath:"#/$defs/RolloutDocument/properties/spec/properties/order/type",keyword:"type",params:{type: "array"},message:"must be array"};
(vErrors ??= []).push(err26);
errors++;
}
}
if(data3.hooks !== undefined){
let data22 = data3.hooks;
if(Array.isArray(data22)){
const len3 = data22.length;
for(let i3=0; i3<len3; i3++){
if(!(validate403(data22[i3], {instancePath:instancePath+"/spec/hooks/" + i3,parentData:data22,parentDataProperty:i3,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate403.errors : vErrors.concat(validate403.errors);
errors = vErrors.length;
}
}
}
else {
const err27 = {instancePath:instancePath+"/spec/hooks",schemaPath:"#/$defs/RolloutDocument/properties/spec/properties/hooks/type",keyword:"type",params:{type: "array"},message:"must be array"};
(vErrors ??= []).push(err27);
errors++;
}
}
if(data3.engine !== undefined){
let data24 = data3.engine;
if(typeof data24 !== "string"){
const err28 = {instancePath:instancePath+"/spec/engine",schemaPath:"#/$defs/RolloutDocument/properties/spec/properties/engine/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err28);
errors++;
}
if(!(((data24 === "mesh") || (data24 === "flagger")) || (data24 === "argo-rollouts"))){
const err29 = {instancePath:instancePath+"/spec/engine",schemaPath:"#/$defs/RolloutDocument/properties/spec/properties/engine/enum",keyword:"enum",params:{allowedValues: schema117.properties.spec.properties.engine.enum},message:"must be equal to one of the allowed values"};
(vErrors ??= []).push(err29);
errors++;
}
}
}
else {
const err30 = {instancePath:instancePath+"/spec",schemaPath:"#/$defs/RolloutDocument/properties/spec/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err30);
errors++;
}
}
}
else {
const err31 = {instancePath,schemaPath:"#/$defs/RolloutDocument/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err31);
errors++;
}
validate359.errors = vErrors;
return errors === 0;
}
validate359.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const isRoute = validate406;
const schema127 = {"type":"object","required":["apiVersion","kind","metadata","spec"],"additionalProperties":false,"properties":{"apiVersion":{"type":"string","const":"mesh/v1"},"kind":{"type":"string","const":"Route"},"metadata":{"$ref":"definition:/Metadata"},"spec":{"type":"object","required":["rules"],"additionalProperties":false,"properties":{"service":{"$ref":"definition:/ServiceReference"},"gateways":{"type":"array","minItems":1,"items":{"$ref":"definition:/GatewayReference"}},"hostnames":{"type":"array","minItems":1,"items":{"$ref":"definition:/HostPattern"}},"ports":{"$ref":"definition:/PortNameList"},"priority":{"type":"integer","minimum":-2147483648,"maximum":2147483647},"rules":{"type":"array","minItems":1,"items":{"$ref":"definition:/RouteRule"}}}}},"$id":"definition:/RouteDocument"};
const schema128 = {"type":"object","additionalProperties":false,"properties":{"name":{"$ref":"definition:/DnsLabel"},"match":{"type":"array","minItems":1,"items":{"$ref":"definition:/RouteMatch"}},"backends":{"type":"array","minItems":1,"items":{"$ref":"definition:/Backend"}},"timeout":{"$ref":"definition:/Duration"},"retries":{"$ref":"definition:/Retries"},"mirror":{"type":"array","items":{"$ref":"definition:/Mirror"}},"fault":{"$ref":"definition:/Fault"},"headers":{"type":"object","additionalProperties":false,"properties":{"request":{"$ref":"definition:/HeaderChanges"},"response":{"$ref":"definition:/HeaderChanges"}}},"rewrite":{"$ref":"definition:/Rewrite"},"redirect":{"$ref":"definition:/Redirect"},"respond":{"$ref":"definition:/Respond"},"cors":{"$ref":"definition:/Cors"},"rateLimit":{"$ref":"definition:/RuleRateLimit"}},"$id":"definition:/RouteRule"};
const schema129 = {"type":"object","additionalProperties":false,"properties":{"service":{"$ref":"definition:/ServiceReference"},"version":{"$ref":"definition:/DnsLabel"},"port":{"$ref":"definition:/PortName"},"weight":{"type":"integer","minimum":0,"maximum":1000000}},"$id":"definition:/Backend"};

function validate415(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate415.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!((((key0 === "service") || (key0 === "version")) || (key0 === "port")) || (key0 === "weight"))){
const err0 = {instancePath,schemaPath:"#/$defs/Backend/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
(vErrors ??= []).push(err0);
errors++;
}
}
if(data.service !== undefined){
if(!(validate67(data.service, {instancePath:instancePath+"/service",parentData:data,parentDataProperty:"service",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate67.errors : vErrors.concat(validate67.errors);
errors = vErrors.length;
}
}
if(data.version !== undefined){
if(!(validate54(data.version, {instancePath:instancePath+"/version",parentData:data,parentDataProperty:"version",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate54.errors : vErrors.concat(validate54.errors);
errors = vErrors.length;
}
}
if(data.port !== undefined){
if(!(validate80(data.port, {instancePath:instancePath+"/port",parentData:data,parentDataProperty:"port",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate80.errors : vErrors.concat(validate80.errors);
errors = vErrors.length;
}
}
if(data.weight !== undefined){
let data3 = data.weight;
if(!(((typeof data3 == "number") && (!(data3 % 1) && !isNaN(data3))) && (isFinite(data3)))){
const err1 = {instancePath:instancePath+"/weight",schemaPath:"#/$defs/Backend/properties/weight/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
(vErrors ??= []).push(err1);
errors++;
}
if((typeof data3 == "number") && (isFinite(data3))){
if(data3 > 1000000 || isNaN(data3)){
const err2 = {instancePath:instancePath+"/weight",schemaPath:"#/$defs/Backend/properties/weight/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1000000},message:"must be <= 1000000"};
(vErrors ??= []).push(err2);
errors++;
}
if(data3 < 0 || isNaN(data3)){
const err3 = {instancePath:instancePath+"/weight",schemaPath:"#/$defs/Backend/properties/weight/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"};
(vErrors ??= []).push(err3);
errors++;
}
}
}
}
else {
const err4 = {instancePath,schemaPath:"#/$defs/Backend/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err4);
errors++;
}
validate415.errors = vErrors;
return errors === 0;
}
validate415.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema130 = {"type":"object","additionalProperties":false,"properties":{"service":{"$ref":"definition:/ServiceReference"},"version":{"$ref":"definition:/DnsLabel"},"port":{"$ref":"definition:/PortName"},"percent":{"$ref":"definition:/Percentage"}},"$id":"definition:/Mirror"};

function validate422(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate422.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!((((key0 === "service") || (key0 === "version")) || (key0 === "port")) || (key0 === "percent"))){
const err0 = {instancePath,schemaPath:"#/$defs/Mirror/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
(vErrors ??= []).push(err0);
errors++;
}
}
if(data.service !== undefined){
if(!(validate67(data.service, {instancePath:instancePath+"/service",parentData:data,parentDataProperty:"service",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate67.errors : vErrors.concat(validate67.errors);
errors = vErrors.length;
}
}
if(data.version !== undefined){
if(!(validate54(data.version, {instancePath:instancePath+"/version",parentData:data,parentDataProperty:"version",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate54.errors : vErrors.concat(validate54.errors);
errors = vErrors.length;
}
}
if(data.port !== undefined){
if(!(validate80(data.port, {instancePath:instancePath+"/port",parentData:data,parentDataProperty:"port",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate80.errors : vErrors.concat(validate80.errors);
errors = vErrors.length;
}
}
if(data.percent !== undefined){
if(!(validate205(data.percent, {instancePath:instancePath+"/percent",parentData:data,parentDataProperty:"percent",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate205.errors : vErrors.concat(validate205.errors);
errors = vErrors.length;
}
}
}
else {
const err1 = {instancePath,schemaPath:"#/$defs/Mirror/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err1);
errors++;
}
validate422.errors = vErrors;
return errors === 0;
}
validate422.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema131 = {"type":"object","minProperties":1,"additionalProperties":false,"properties":{"delay":{"type":"object","required":["duration"],"additionalProperties":false,"properties":{"duration":{"$ref":"definition:/PositiveDuration"},"percent":{"$ref":"definition:/Percentage"}}},"abort":{"type":"object","if":{"properties":{"grpcStatus":false}},"then":{"properties":{"status":true},"required":["status"]},"additionalProperties":false,"properties":{"status":{"type":"integer","minimum":200,"maximum":599},"grpcStatus":{"type":"string","enum":["CANCELLED","UNKNOWN","INVALID_ARGUMENT","DEADLINE_EXCEEDED","NOT_FOUND","ALREADY_EXISTS","PERMISSION_DENIED","RESOURCE_EXHAUSTED","FAILED_PRECONDITION","ABORTED","OUT_OF_RANGE","UNIMPLEMENTED","INTERNAL","UNAVAILABLE","DATA_LOSS","UNAUTHENTICATED"]},"percent":{"$ref":"definition:/Percentage"}}}},"$id":"definition:/Fault"};

function validate428(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate428.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(Object.keys(data).length < 1){
const err0 = {instancePath,schemaPath:"#/$defs/Fault/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties"};
(vErrors ??= []).push(err0);
errors++;
}
for(const key0 in data){
if(!((key0 === "delay") || (key0 === "abort"))){
const err1 = {instancePath,schemaPath:"#/$defs/Fault/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
(vErrors ??= []).push(err1);
errors++;
}
}
if(data.delay !== undefined){
let data0 = data.delay;
if(data0 && typeof data0 == "object" && !Array.isArray(data0)){
if(data0.duration === undefined){
const err2 = {instancePath:instancePath+"/delay",schemaPath:"#/$defs/Fault/properties/delay/required",keyword:"required",params:{missingProperty: "duration"},message:"must have required property '"+"duration"+"'"};
(vErrors ??= []).push(err2);
errors++;
}
for(const key1 in data0){
if(!((key1 === "duration") || (key1 === "percent"))){
const err3 = {instancePath:instancePath+"/delay",schemaPath:"#/$defs/Fault/properties/delay/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties"};
(vErrors ??= []).push(err3);
errors++;
}
}
if(data0.duration !== undefined){
if(!(validate194(data0.duration, {instancePath:instancePath+"/delay/duration",parentData:data0,parentDataProperty:"duration",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate194.errors : vErrors.concat(validate194.errors);
errors = vErrors.length;
}
}
if(data0.percent !== undefined){
if(!(validate205(data0.percent, {instancePath:instancePath+"/delay/percent",parentData:data0,parentDataProperty:"percent",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate205.errors : vErrors.concat(validate205.errors);
errors = vErrors.length;
}
}
}
else {
const err4 = {instancePath:instancePath+"/delay",schemaPath:"#/$defs/Fault/properties/delay/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err4);
errors++;
}
}
if(data.abort !== undefined){
let data3 = data.abort;
const _errs9 = errors;
let valid2 = true;
const _errs10 = errors;
if(data3 && typeof data3 == "object" && !Array.isArray(data3)){
if(data3.grpcStatus !== undefined){
const err5 = {};
(vErrors ??= []).push(err5);
errors++;
}
}
var _valid0 = _errs10 === errors;
errors = _errs9;
if(vErrors !== null){
if(_errs9){
vErrors.length = _errs9;
}
else {
vErrors = null;
}
}
if(_valid0){
const _errs11 = errors;
if(data3 && typeof data3 == "object" && !Array.isArray(data3)){
if(data3.status === undefined){
const err6 = {instancePath:instancePath+"/abort",schemaPath:"#/$defs/Fault/properties/abort/then/required",keyword:"required",params:{missingProperty: "status"},message:"must have required property '"+"status"+"'"};
(vErrors ??= []).push(err6);
errors++;
}
}
var _valid0 = _errs11 === errors;
valid2 = _valid0;
if(valid2){
var props0 = {};
props0.status = true;
props0.grpcStatus = true;
}
}
if(!valid2){
const err7 = {instancePath:instancePath+"/abort",schemaPath:"#/$defs/Fault/properties/abort/if",keyword:"if",params:{failingKeyword: "then"},message:"must match \"then\" schema"};
(vErrors ??= []).push(err7);
errors++;
}
if(data3 && typeof data3 == "object" && !Array.isArray(data3)){
for(const key2 in data3){
if(!(((key2 === "status") || (key2 === "grpcStatus")) || (key2 === "percent"))){
const err8 = {instancePath:instancePath+"/abort",schemaPath:"#/$defs/Fault/properties/abort/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key2},message:"must NOT have additional properties"};
(vErrors ??= []).push(err8);
errors++;
}
}
if(data3.status !== undefined){
let data5 = data3.status;
if(!(((typeof data5 == "number") && (!(data5 % 1) && !isNaN(data5))) && (isFinite(data5)))){
const err9 = {instancePath:instancePath+"/abort/status",schemaPath:"#/$defs/Fault/properties/abort/properties/status/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
(vErrors ??= []).push(err9);
errors++;
}
if((typeof data5 == "number") && (isFinite(data5))){
if(data5 > 599 || isNaN(data5)){
const err10 = {instancePath:instancePath+"/abort/status",schemaPath:"#/$defs/Fault/properties/abort/properties/status/maximum",keyword:"maximum",params:{comparison: "<=", limit: 599},message:"must be <= 599"};
(vErrors ??= []).push(err10);
errors++;
}
if(data5 < 200 || isNaN(data5)){
const err11 = {instancePath:instancePath+"/abort/status",schemaPath:"#/$defs/Fault/properties/abort/properties/status/minimum",keyword:"minimum",params:{comparison: ">=", limit: 200},message:"must be >= 200"};
(vErrors ??= []).push(err11);
errors++;
}
}
}
if(data3.grpcStatus !== undefined){
let data6 = data3.grpcStatus;
if(typeof data6 !== "string"){
const err12 = {instancePath:instancePath+"/abort/grpcStatus",schemaPath:"#/$defs/Fault/properties/abort/properties/grpcStatus/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err12);
errors++;
}
if(!((((((((((((((((data6 === "CANCELLED") || (data6 === "UNKNOWN")) || (data6 === "INVALID_ARGUMENT")) || (data6 === "DEADLINE_EXCEEDED")) || (data6 === "NOT_FOUND")) || (data6 === "ALREADY_EXISTS")) || (data6 === "PERMISSION_DENIED")) || (data6 === "RESOURCE_EXHAUSTED")) || (data6 === "FAILED_PRECONDITION")) || (data6 === "ABORTED")) || (data6 === "OUT_OF_RANGE")) || (data6 === "UNIMPLEMENTED")) || (data6 === "INTERNAL")) || (data6 === "UNAVAILABLE")) || (data6 === "DATA_LOSS")) || (data6 === "UNAUTHENTICATED"))){
const err13 = {instancePath:instancePath+"/abort/grpcStatus",schemaPath:"#/$defs/Fault/properties/abort/properties/grpcStatus/enum",keyword:"enum",params:{allowedValues: schema131.properties.abort.properties.grpcStatus.enum},message:"must be equal to one of the allowed values"};
(vErrors ??= []).push(err13);
errors++;
}
}
if(data3.percent !== undefined){
if(!(validate205(data3.percent, {instancePath:instancePath+"/abort/percent",parentData:data3,parentDataProperty:"percent",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate205.errors : vErrors.concat(validate205.errors);
errors = vErrors.length;
}
}
}
else {
const err14 = {instancePath:instancePath+"/abort",schemaPath:"#/$defs/Fault/properties/abort/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err14);
errors++;
}
}
}
else {
const err15 = {instancePath,schemaPath:"#/$defs/Fault/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err15);
errors++;
}
validate428.errors = vErrors;
return errors === 0;
}
validate428.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema132 = {"type":"object","additionalProperties":false,"properties":{"set":{"type":"object","propertyNames":{"$ref":"definition:/HeaderName"},"additionalProperties":{"$ref":"definition:/HeaderValue"}},"add":{"type":"object","propertyNames":{"$ref":"definition:/HeaderName"},"additionalProperties":{"$ref":"definition:/HeaderValue"}},"remove":{"type":"array","items":{"$ref":"definition:/HeaderName"}}},"$id":"definition:/HeaderChanges"};
const schema133 = {"type":"string","maxLength":8192,"pattern":"^[^\\u0000-\\u0008\\u000a-\\u001f\\u007f]*$","$id":"definition:/HeaderValue"};
const pattern70 = new RegExp("^[^\\u0000-\\u0008\\u000a-\\u001f\\u007f]*$", "u");

function validate435(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate435.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(typeof data === "string"){
if(func1(data) > 8192){
const err0 = {instancePath,schemaPath:"#/$defs/HeaderValue/maxLength",keyword:"maxLength",params:{limit: 8192},message:"must NOT have more than 8192 characters"};
(vErrors ??= []).push(err0);
errors++;
}
if(!pattern70.test(data)){
const err1 = {instancePath,schemaPath:"#/$defs/HeaderValue/pattern",keyword:"pattern",params:{pattern: "^[^\\u0000-\\u0008\\u000a-\\u001f\\u007f]*$"},message:"must match pattern \""+"^[^\\u0000-\\u0008\\u000a-\\u001f\\u007f]*$"+"\""};
(vErrors ??= []).push(err1);
errors++;
}
}
else {
const err2 = {instancePath,schemaPath:"#/$defs/HeaderValue/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err2);
errors++;
}
validate435.errors = vErrors;
return errors === 0;
}
validate435.evaluated = {"dynamicProps":false,"dynamicItems":false};


function validate433(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate433.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(((key0 === "set") || (key0 === "add")) || (key0 === "remove"))){
const err0 = {instancePath,schemaPath:"#/$defs/HeaderChanges/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
(vErrors ??= []).push(err0);
errors++;
}
}
if(data.set !== undefined){
let data0 = data.set;
if(data0 && typeof data0 == "object" && !Array.isArray(data0)){
for(const key1 in data0){
const _errs4 = errors;
if(!(validate100(key1, {instancePath:instancePath+"/set",parentData:data0,parentDataProperty:"set",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate100.errors : vErrors.concat(validate100.errors);
errors = vErrors.length;
}
var valid1 = _errs4 === errors;
if(!valid1){
const err1 = {instancePath:instancePath+"/set",schemaPath:"#/$defs/HeaderChanges/properties/set/propertyNames",keyword:"propertyNames",params:{propertyName: key1},message:"property name must be valid"};
(vErrors ??= []).push(err1);
errors++;
}
}
for(const key2 in data0){
if(!(validate435(data0[key2], {instancePath:instancePath+"/set/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data0,parentDataProperty:key2,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate435.errors : vErrors.concat(validate435.errors);
errors = vErrors.length;
}
}
}
else {
const err2 = {instancePath:instancePath+"/set",schemaPath:"#/$defs/HeaderChanges/properties/set/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err2);
errors++;
}
}
if(data.add !== undefined){
let data2 = data.add;
if(data2 && typeof data2 == "object" && !Array.isArray(data2)){
for(const key3 in data2){
const _errs9 = errors;
if(!(validate100(key3, {instancePath:instancePath+"/add",parentData:data2,parentDataProperty:"add",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate100.errors : vErrors.concat(validate100.errors);
errors = vErrors.length;
}
var valid3 = _errs9 === errors;
if(!valid3){
const err3 = {instancePath:instancePath+"/add",schemaPath:"#/$defs/HeaderChanges/properties/add/propertyNames",keyword:"propertyNames",params:{propertyName: key3},message:"property name must be valid"};
(vErrors ??= []).push(err3);
errors++;
}
}
for(const key4 in data2){
if(!(validate435(data2[key4], {instancePath:instancePath+"/add/" + key4.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data2,parentDataProperty:key4,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate435.errors : vErrors.concat(validate435.errors);
errors = vErrors.length;
}
}
}
else {
const err4 = {instancePath:instancePath+"/add",schemaPath:"#/$defs/HeaderChanges/properties/add/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err4);
errors++;
}
}
if(data.remove !== undefined){
let data4 = data.remove;
if(Array.isArray(data4)){
const len0 = data4.length;
for(let i0=0; i0<len0; i0++){
if(!(validate100(data4[i0], {instancePath:instancePath+"/remove/" + i0,parentData:data4,parentDataProperty:i0,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate100.errors : vErrors.concat(validate100.errors);
errors = vErrors.length;
}
}
}
else {
const err5 = {instancePath:instancePath+"/remove",schemaPath:"#/$defs/HeaderChanges/properties/remove/type",keyword:"type",params:{type: "array"},message:"must be array"};
(vErrors ??= []).push(err5);
errors++;
}
}
}
else {
const err6 = {instancePath,schemaPath:"#/$defs/HeaderChanges/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err6);
errors++;
}
validate433.errors = vErrors;
return errors === 0;
}
validate433.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema134 = {"type":"object","minProperties":1,"additionalProperties":false,"properties":{"path":{"$ref":"definition:/PathRewrite"},"host":{"$ref":"definition:/Authority"}},"$id":"definition:/Rewrite"};
const schema135 = {"type":"object","minProperties":1,"maxProperties":1,"additionalProperties":false,"properties":{"replacePrefix":{"$ref":"definition:/Path"},"replaceFull":{"$ref":"definition:/Path"}},"$id":"definition:/PathRewrite"};

function validate443(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate443.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(Object.keys(data).length > 1){
const err0 = {instancePath,schemaPath:"#/$defs/PathRewrite/maxProperties",keyword:"maxProperties",params:{limit: 1},message:"must NOT have more than 1 properties"};
(vErrors ??= []).push(err0);
errors++;
}
if(Object.keys(data).length < 1){
const err1 = {instancePath,schemaPath:"#/$defs/PathRewrite/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties"};
(vErrors ??= []).push(err1);
errors++;
}
for(const key0 in data){
if(!((key0 === "replacePrefix") || (key0 === "replaceFull"))){
const err2 = {instancePath,schemaPath:"#/$defs/PathRewrite/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
(vErrors ??= []).push(err2);
errors++;
}
}
if(data.replacePrefix !== undefined){
if(!(validate89(data.replacePrefix, {instancePath:instancePath+"/replacePrefix",parentData:data,parentDataProperty:"replacePrefix",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate89.errors : vErrors.concat(validate89.errors);
errors = vErrors.length;
}
}
if(data.replaceFull !== undefined){
if(!(validate89(data.replaceFull, {instancePath:instancePath+"/replaceFull",parentData:data,parentDataProperty:"replaceFull",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate89.errors : vErrors.concat(validate89.errors);
errors = vErrors.length;
}
}
}
else {
const err3 = {instancePath,schemaPath:"#/$defs/PathRewrite/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err3);
errors++;
}
validate443.errors = vErrors;
return errors === 0;
}
validate443.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema136 = {"type":"string","maxLength":259,"pattern":"^[a-z0-9](?:[-_a-z0-9]{0,61}[a-z0-9])?(?:\\.[a-z0-9](?:[-_a-z0-9]{0,61}[a-z0-9])?)*(?::(?:[1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5]))?$","$id":"definition:/Authority"};
const pattern71 = new RegExp("^[a-z0-9](?:[-_a-z0-9]{0,61}[a-z0-9])?(?:\\.[a-z0-9](?:[-_a-z0-9]{0,61}[a-z0-9])?)*(?::(?:[1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5]))?$", "u");

function validate447(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate447.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(typeof data === "string"){
if(func1(data) > 259){
const err0 = {instancePath,schemaPath:"#/$defs/Authority/maxLength",keyword:"maxLength",params:{limit: 259},message:"must NOT have more than 259 characters"};
(vErrors ??= []).push(err0);
errors++;
}
if(!pattern71.test(data)){
const err1 = {instancePath,schemaPath:"#/$defs/Authority/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9](?:[-_a-z0-9]{0,61}[a-z0-9])?(?:\\.[a-z0-9](?:[-_a-z0-9]{0,61}[a-z0-9])?)*(?::(?:[1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5]))?$"},message:"must match pattern \""+"^[a-z0-9](?:[-_a-z0-9]{0,61}[a-z0-9])?(?:\\.[a-z0-9](?:[-_a-z0-9]{0,61}[a-z0-9])?)*(?::(?:[1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5]))?$"+"\""};
(vErrors ??= []).push(err1);
errors++;
}
}
else {
const err2 = {instancePath,schemaPath:"#/$defs/Authority/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err2);
errors++;
}
validate447.errors = vErrors;
return errors === 0;
}
validate447.evaluated = {"dynamicProps":false,"dynamicItems":false};


function validate442(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate442.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(Object.keys(data).length < 1){
const err0 = {instancePath,schemaPath:"#/$defs/Rewrite/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties"};
(vErrors ??= []).push(err0);
errors++;
}
for(const key0 in data){
if(!((key0 === "path") || (key0 === "host"))){
const err1 = {instancePath,schemaPath:"#/$defs/Rewrite/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
(vErrors ??= []).push(err1);
errors++;
}
}
if(data.path !== undefined){
if(!(validate443(data.path, {instancePath:instancePath+"/path",parentData:data,parentDataProperty:"path",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate443.errors : vErrors.concat(validate443.errors);
errors = vErrors.length;
}
}
if(data.host !== undefined){
if(!(validate447(data.host, {instancePath:instancePath+"/host",parentData:data,parentDataProperty:"host",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate447.errors : vErrors.concat(validate447.errors);
errors = vErrors.length;
}
}
}
else {
const err2 = {instancePath,schemaPath:"#/$defs/Rewrite/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err2);
errors++;
}
validate442.errors = vErrors;
return errors === 0;
}
validate442.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema137 = {"type":"object","minProperties":1,"additionalProperties":false,"properties":{"scheme":{"type":"string","enum":["http","https"]},"host":{"$ref":"definition:/HostName"},"port":{"$ref":"definition:/PortNumber"},"path":{"type":["string","object"],"pattern":"^/[^?#\\s\\u0000-\\u001f\\u007f]*$","minProperties":1,"maxProperties":1,"additionalProperties":false,"properties":{"replacePrefix":{"$ref":"definition:/Path"}}},"status":{"type":"integer","enum":[301,302,303,307,308]}},"$id":"definition:/Redirect"};

function validate450(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate450.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(Object.keys(data).length < 1){
const err0 = {instancePath,schemaPath:"#/$defs/Redirect/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties"};
(vErrors ??= []).push(err0);
errors++;
}
for(const key0 in data){
if(!(((((key0 === "scheme") || (key0 === "host")) || (key0 === "port")) || (key0 === "path")) || (key0 === "status"))){
const err1 = {instancePath,schemaPath:"#/$defs/Redirect/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
(vErrors ??= []).push(err1);
errors++;
}
}
if(data.scheme !== undefined){
let data0 = data.scheme;
if(typeof data0 !== "string"){
const err2 = {instancePath:instancePath+"/scheme",schemaPath:"#/$defs/Redirect/properties/scheme/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err2);
errors++;
}
if(!((data0 === "http") || (data0 === "https"))){
const err3 = {instancePath:instancePath+"/scheme",schemaPath:"#/$defs/Redirect/properties/scheme/enum",keyword:"enum",params:{allowedValues: schema137.properties.scheme.enum},message:"must be equal to one of the allowed values"};
(vErrors ??= []).push(err3);
errors++;
}
}
if(data.host !== undefined){
if(!(validate177(data.host, {instancePath:instancePath+"/host",parentData:data,parentDataProperty:"host",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate177.errors : vErrors.concat(validate177.errors);
errors = vErrors.length;
}
}
if(data.port !== undefined){
if(!(validate170(data.port, {instancePath:instancePath+"/port",parentData:data,parentDataProperty:"port",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate170.errors : vErrors.concat(validate170.errors);
errors = vErrors.length;
}
}
if(data.path !== undefined){
let data3 = data.path;
if((typeof data3 !== "string") && (!(data3 && typeof data3 == "object" && !Array.isArray(data3)))){
const err4 = {instancePath:instancePath+"/path",schemaPath:"#/$defs/Redirect/properties/path/type",keyword:"type",params:{type: schema137.properties.path.type},message:"must be string,object"};
(vErrors ??= []).push(err4);
errors++;
}
if(typeof data3 === "string"){
if(!pattern15.test(data3)){
const err5 = {instancePath:instancePath+"/path",schemaPath:"#/$defs/Redirect/properties/path/pattern",keyword:"pattern",params:{pattern: "^/[^?#\\s\\u0000-\\u001f\\u007f]*$"},message:"must match pattern \""+"^/[^?#\\s\\u0000-\\u001f\\u007f]*$"+"\""};
(vErrors ??= []).push(err5);
errors++;
}
}
if(data3 && typeof data3 == "object" && !Array.isArray(data3)){
if(Object.keys(data3).length > 1){
const err6 = {instancePath:instancePath+"/path",schemaPath:"#/$defs/Redirect/properties/path/maxProperties",keyword:"maxProperties",params:{limit: 1},message:"must NOT have more than 1 properties"};
(vErrors ??= []).push(err6);
errors++;
}
if(Object.keys(data3).length < 1){
const err7 = {instancePath:instancePath+"/path",schemaPath:"#/$defs/Redirect/properties/path/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties"};
(vErrors ??= []).push(err7);
errors++;
}
for(const key1 in data3){
if(!(key1 === "replacePrefix")){
const err8 = {instancePath:instancePath+"/path",schemaPath:"#/$defs/Redirect/properties/path/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties"};
(vErrors ??= []).push(err8);
errors++;
}
}
if(data3.replacePrefix !== undefined){
if(!(validate89(data3.replacePrefix, {instancePath:instancePath+"/path/replacePrefix",parentData:data3,parentDataProperty:"replacePrefix",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate89.errors : vErrors.concat(validate89.errors);
errors = vErrors.length;
}
}
}
}
if(data.status !== undefined){
let data5 = data.status;
if(!(((typeof data5 == "number") && (!(data5 % 1) && !isNaN(data5))) && (isFinite(data5)))){
const err9 = {instancePath:instancePath+"/status",schemaPath:"#/$defs/Redirect/properties/status/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
(vErrors ??= []).push(err9);
errors++;
}
if(!(((((data5 === 301) || (data5 === 302)) || (data5 === 303)) || (data5 === 307)) || (data5 === 308))){
const err10 = {instancePath:instancePath+"/status",schemaPath:"#/$defs/Redirect/properties/status/enum",keyword:"enum",params:{allowedValues: schema137.properties.status.enum},message:"must be equal to one of the allowed values"};
(vErrors ??= []).push(err10);
errors++;
}
}
}
else {
const err11 = {instancePath,schemaPath:"#/$defs/Redirect/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err11);
errors++;
}
validate450.errors = vErrors;
return errors === 0;
}
validate450.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema138 = {"type":"object","required":["status"],"additionalProperties":false,"properties":{"status":{"type":"integer","minimum":200,"maximum":599},"body":{"type":"string","maxLength":65536}},"$id":"definition:/Respond"};

function validate455(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate455.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.status === undefined){
const err0 = {instancePath,schemaPath:"#/$defs/Respond/required",keyword:"required",params:{missingProperty: "status"},message:"must have required property '"+"status"+"'"};
(vErrors ??= []).push(err0);
errors++;
}
for(const key0 in data){
if(!((key0 === "status") || (key0 === "body"))){
const err1 = {instancePath,schemaPath:"#/$defs/Respond/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
(vErrors ??= []).push(err1);
errors++;
}
}
if(data.status !== undefined){
let data0 = data.status;
if(!(((typeof data0 == "number") && (!(data0 % 1) && !isNaN(data0))) && (isFinite(data0)))){
const err2 = {instancePath:instancePath+"/status",schemaPath:"#/$defs/Respond/properties/status/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
(vErrors ??= []).push(err2);
errors++;
}
if((typeof data0 == "number") && (isFinite(data0))){
if(data0 > 599 || isNaN(data0)){
const err3 = {instancePath:instancePath+"/status",schemaPath:"#/$defs/Respond/properties/status/maximum",keyword:"maximum",params:{comparison: "<=", limit: 599},message:"must be <= 599"};
(vErrors ??= []).push(err3);
errors++;
}
if(data0 < 200 || isNaN(data0)){
const err4 = {instancePath:instancePath+"/status",schemaPath:"#/$defs/Respond/properties/status/minimum",keyword:"minimum",params:{comparison: ">=", limit: 200},message:"must be >= 200"};
(vErrors ??= []).push(err4);
errors++;
}
}
}
if(data.body !== undefined){
let data1 = data.body;
if(typeof data1 === "string"){
if(func1(data1) > 65536){
const err5 = {instancePath:instancePath+"/body",schemaPath:"#/$defs/Respond/properties/body/maxLength",keyword:"maxLength",params:{limit: 65536},message:"must NOT have more than 65536 characters"};
(vErrors ??= []).push(err5);
errors++;
}
}
else {
const err6 = {instancePath:instancePath+"/body",schemaPath:"#/$defs/Respond/properties/body/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err6);
errors++;
}
}
}
else {
const err7 = {instancePath,schemaPath:"#/$defs/Respond/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err7);
errors++;
}
validate455.errors = vErrors;
return errors === 0;
}
validate455.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema139 = {"type":"object","required":["allowOrigins"],"additionalProperties":false,"properties":{"allowOrigins":{"type":"array","minItems":1,"items":{"type":"string","maxLength":512,"pattern":"^(?:\\*|[a-z][a-z0-9+.-]*://[a-z0-9](?:[-_a-z0-9]*[a-z0-9])?(?:\\.[a-z0-9](?:[-_a-z0-9]*[a-z0-9])?)*(?::[1-9][0-9]{0,4})?)$"}},"allowMethods":{"type":"array","minItems":1,"items":{"$ref":"definition:/HttpMethod"}},"allowHeaders":{"type":"array","minItems":1,"items":{"$ref":"definition:/HeaderName"}},"exposeHeaders":{"type":"array","minItems":1,"items":{"$ref":"definition:/HeaderName"}},"allowCredentials":{"type":"boolean"},"maxAge":{"$ref":"definition:/Duration"}},"$id":"definition:/Cors"};
const pattern73 = new RegExp("^(?:\\*|[a-z][a-z0-9+.-]*://[a-z0-9](?:[-_a-z0-9]*[a-z0-9])?(?:\\.[a-z0-9](?:[-_a-z0-9]*[a-z0-9])?)*(?::[1-9][0-9]{0,4})?)$", "u");

function validate457(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate457.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.allowOrigins === undefined){
const err0 = {instancePath,schemaPath:"#/$defs/Cors/required",keyword:"required",params:{missingProperty: "allowOrigins"},message:"must have required property '"+"allowOrigins"+"'"};
(vErrors ??= []).push(err0);
errors++;
}
for(const key0 in data){
if(!((((((key0 === "allowOrigins") || (key0 === "allowMethods")) || (key0 === "allowHeaders")) || (key0 === "exposeHeaders")) || (key0 === "allowCredentials")) || (key0 === "maxAge"))){
const err1 = {instancePath,schemaPath:"#/$defs/Cors/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
(vErrors ??= []).push(err1);
errors++;
}
}
if(data.allowOrigins !== undefined){
let data0 = data.allowOrigins;
if(Array.isArray(data0)){
if(data0.length < 1){
const err2 = {instancePath:instancePath+"/allowOrigins",schemaPath:"#/$defs/Cors/properties/allowOrigins/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
(vErrors ??= []).push(err2);
errors++;
}
const len0 = data0.length;
for(let i0=0; i0<len0; i0++){
let data1 = data0[i0];
if(typeof data1 === "string"){
if(func1(data1) > 512){
const err3 = {instancePath:instancePath+"/allowOrigins/" + i0,schemaPath:"#/$defs/Cors/properties/allowOrigins/items/maxLength",keyword:"maxLength",params:{limit: 512},message:"must NOT have more than 512 characters"};
(vErrors ??= []).push(err3);
errors++;
}
if(!pattern73.test(data1)){
const err4 = {instancePath:instancePath+"/allowOrigins/" + i0,schemaPath:"#/$defs/Cors/properties/allowOrigins/items/pattern",keyword:"pattern",params:{pattern: "^(?:\\*|[a-z][a-z0-9+.-]*://[a-z0-9](?:[-_a-z0-9]*[a-z0-9])?(?:\\.[a-z0-9](?:[-_a-z0-9]*[a-z0-9])?)*(?::[1-9][0-9]{0,4})?)$"},message:"must match pattern \""+"^(?:\\*|[a-z][a-z0-9+.-]*://[a-z0-9](?:[-_a-z0-9]*[a-z0-9])?(?:\\.[a-z0-9](?:[-_a-z0-9]*[a-z0-9])?)*(?::[1-9][0-9]{0,4})?)$"+"\""};
(vErrors ??= []).push(err4);
errors++;
}
}
else {
const err5 = {instancePath:instancePath+"/allowOrigins/" + i0,schemaPath:"#/$defs/Cors/properties/allowOrigins/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err5);
errors++;
}
}
}
else {
const err6 = {instancePath:instancePath+"/allowOrigins",schemaPath:"#/$defs/Cors/properties/allowOrigins/type",keyword:"type",params:{type: "array"},message:"must be array"};
(vErrors ??= []).push(err6);
errors++;
}
}
if(data.allowMethods !== undefined){
let data2 = data.allowMethods;
if(Array.isArray(data2)){
if(data2.length < 1){
const err7 = {instancePath:instancePath+"/allowMethods",schemaPath:"#/$defs/Cors/properties/allowMethods/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
(vErrors ??= []).push(err7);
errors++;
}
const len1 = data2.length;
for(let i1=0; i1<len1; i1++){
if(!(validate84(data2[i1], {instancePath:instancePath+"/allowMethods/" + i1,parentData:data2,parentDataProperty:i1,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate84.errors : vErrors.concat(validate84.errors);
errors = vErrors.length;
}
}
}
else {
const err8 = {instancePath:instancePath+"/allowMethods",schemaPath:"#/$defs/Cors/properties/allowMethods/type",keyword:"type",params:{type: "array"},message:"must be array"};
(vErrors ??= []).push(err8);
errors++;
}
}
if(data.allowHeaders !== undefined){
let data4 = data.allowHeaders;
if(Array.isArray(data4)){
if(data4.length < 1){
const err9 = {instancePath:instancePath+"/allowHeaders",schemaPath:"#/$defs/Cors/properties/allowHeaders/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
(vErrors ??= []).push(err9);
errors++;
}
const len2 = data4.length;
for(let i2=0; i2<len2; i2++){
if(!(validate100(data4[i2], {instancePath:instancePath+"/allowHeaders/" + i2,parentData:data4,parentDataProperty:i2,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate100.errors : vErrors.concat(validate100.errors);
errors = vErrors.length;
}
}
}
else {
const err10 = {instancePath:instancePath+"/allowHeaders",schemaPath:"#/$defs/Cors/properties/allowHeaders/type",keyword:"type",params:{type: "array"},message:"must be array"};
(vErrors ??= []).push(err10);
errors++;
}
}
if(data.exposeHeaders !== undefined){
let data6 = data.exposeHeaders;
if(Array.isArray(data6)){
if(data6.length < 1){
const err11 = {instancePath:instancePath+"/exposeHeaders",schemaPath:"#/$defs/Cors/properties/exposeHeaders/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
(vErrors ??= []).push(err11);
errors++;
}
const len3 = data6.length;
for(let i3=0; i3<len3; i3++){
if(!(validate100(data6[i3], {instancePath:instancePath+"/exposeHeaders/" + i3,parentData:data6,parentDataProperty:i3,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate100.errors : vErrors.concat(validate100.errors);
errors = vErrors.length;
}
}
}
else {
const err12 = {instancePath:instancePath+"/exposeHeaders",schemaPath:"#/$defs/Cors/properties/exposeHeaders/type",keyword:"type",params:{type: "array"},message:"must be array"};
(vErrors ??= []).push(err12);
errors++;
}
}
if(data.allowCredentials !== undefined){
if(typeof data.allowCredentials !== "boolean"){
const err13 = {instancePath:instancePath+"/allowCredentials",schemaPath:"#/$defs/Cors/properties/allowCredentials/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
(vErrors ??= []).push(err13);
errors++;
}
}
if(data.maxAge !== undefined){
if(!(validate155(data.maxAge, {instancePath:instancePath+"/maxAge",parentData:data,parentDataProperty:"maxAge",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate155.errors : vErrors.concat(validate155.errors);
errors = vErrors.length;
}
}
}
else {
const err14 = {instancePath,schemaPath:"#/$defs/Cors/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err14);
errors++;
}
validate457.errors = vErrors;
return errors === 0;
}
validate457.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema140 = {"type":"object","required":["requests","per"],"additionalProperties":false,"properties":{"requests":{"type":"integer","minimum":1,"maximum":4294967295},"per":{"$ref":"definition:/PositiveDuration"},"burst":{"type":"integer","minimum":0,"maximum":4294967295},"key":{"type":"object","required":["header"],"additionalProperties":false,"properties":{"header":{"$ref":"definition:/HeaderName"}}}},"$id":"definition:/RuleRateLimit"};

function validate463(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate463.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.requests === undefined){
const err0 = {instancePath,schemaPath:"#/$defs/RuleRateLimit/required",keyword:"required",params:{missingProperty: "requests"},message:"must have required property '"+"requests"+"'"};
(vErrors ??= []).push(err0);
errors++;
}
if(data.per === undefined){
const err1 = {instancePath,schemaPath:"#/$defs/RuleRateLimit/required",keyword:"required",params:{missingProperty: "per"},message:"must have required property '"+"per"+"'"};
(vErrors ??= []).push(err1);
errors++;
}
for(const key0 in data){
if(!((((key0 === "requests") || (key0 === "per")) || (key0 === "burst")) || (key0 === "key"))){
const err2 = {instancePath,schemaPath:"#/$defs/RuleRateLimit/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
(vErrors ??= []).push(err2);
errors++;
}
}
if(data.requests !== undefined){
let data0 = data.requests;
if(!(((typeof data0 == "number") && (!(data0 % 1) && !isNaN(data0))) && (isFinite(data0)))){
const err3 = {instancePath:instancePath+"/requests",schemaPath:"#/$defs/RuleRateLimit/properties/requests/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
(vErrors ??= []).push(err3);
errors++;
}
if((typeof data0 == "number") && (isFinite(data0))){
if(data0 > 4294967295 || isNaN(data0)){
const err4 = {instancePath:instancePath+"/requests",schemaPath:"#/$defs/RuleRateLimit/properties/requests/maximum",keyword:"maximum",params:{comparison: "<=", limit: 4294967295},message:"must be <= 4294967295"};
(vErrors ??= []).push(err4);
errors++;
}
if(data0 < 1 || isNaN(data0)){
const err5 = {instancePath:instancePath+"/requests",schemaPath:"#/$defs/RuleRateLimit/properties/requests/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"};
(vErrors ??= []).push(err5);
errors++;
}
}
}
if(data.per !== undefined){
if(!(validate194(data.per, {instancePath:instancePath+"/per",parentData:data,parentDataProperty:"per",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate194.errors : vErrors.concat(validate194.errors);
errors = vErrors.length;
}
}
if(data.burst !== undefined){
let data2 = data.burst;
if(!(((typeof data2 == "number") && (!(data2 % 1) && !isNaN(data2))) && (isFinite(data2)))){
const err6 = {instancePath:instancePath+"/burst",schemaPath:"#/$defs/RuleRateLimit/properties/burst/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
(vErrors ??= []).push(err6);
errors++;
}
if((typeof data2 == "number") && (isFinite(data2))){
if(data2 > 4294967295 || isNaN(data2)){
const err7 = {instancePath:instancePath+"/burst",schemaPath:"#/$defs/RuleRateLimit/properties/burst/maximum",keyword:"maximum",params:{comparison: "<=", limit: 4294967295},message:"must be <= 4294967295"};
(vErrors ??= []).push(err7);
errors++;
}
if(data2 < 0 || isNaN(data2)){
const err8 = {instancePath:instancePath+"/burst",schemaPath:"#/$defs/RuleRateLimit/properties/burst/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"};
(vErrors ??= []).push(err8);
errors++;
}
}
}
if(data.key !== undefined){
let data3 = data.key;
if(data3 && typeof data3 == "object" && !Array.isArray(data3)){
if(data3.header === undefined){
const err9 = {instancePath:instancePath+"/key",schemaPath:"#/$defs/RuleRateLimit/properties/key/required",keyword:"required",params:{missingProperty: "header"},message:"must have required property '"+"header"+"'"};
(vErrors ??= []).push(err9);
errors++;
}
for(const key1 in data3){
if(!(key1 === "header")){
const err10 = {instancePath:instancePath+"/key",schemaPath:"#/$defs/RuleRateLimit/properties/key/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties"};
(vErrors ??= []).push(err10);
errors++;
}
}
if(data3.header !== undefined){
if(!(validate100(data3.header, {instancePath:instancePath+"/key/header",parentData:data3,parentDataProperty:"header",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate100.errors : vErrors.concat(validate100.errors);
errors = vErrors.length;
}
}
}
else {
const err11 = {instancePath:instancePath+"/key",schemaPath:"#/$defs/RuleRateLimit/properties/key/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err11);
errors++;
}
}
}
else {
const err12 = {instancePath,schemaPath:"#/$defs/RuleRateLimit/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err12);
errors++;
}
validate463.errors = vErrors;
return errors === 0;
}
validate463.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};


function validate412(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate412.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(func40.call(schema128.properties, key0))){
const err0 = {instancePath,schemaPath:"#/$defs/RouteRule/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
(vErrors ??= []).push(err0);
errors++;
}
}
if(data.name !== undefined){
if(!(validate54(data.name, {instancePath:instancePath+"/name",parentData:data,parentDataProperty:"name",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate54.errors : vErrors.concat(validate54.errors);
errors = vErrors.length;
}
}
if(data.match !== undefined){
let data1 = data.match;
if(Array.isArray(data1)){
if(data1.length < 1){
const err1 = {instancePath:instancePath+"/match",schemaPath:"#/$defs/RouteRule/properties/match/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
(vErrors ??= []).push(err1);
errors++;
}
const len0 = data1.length;
for(let i0=0; i0<len0; i0++){
if(!(validate364(data1[i0], {instancePath:instancePath+"/match/" + i0,parentData:data1,parentDataProperty:i0,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate364.errors : vErrors.concat(validate364.errors);
errors = vErrors.length;
}
}
}
else {
const err2 = {instancePath:instancePath+"/match",schemaPath:"#/$defs/RouteRule/properties/match/type",keyword:"type",params:{type: "array"},message:"must be array"};
(vErrors ??= []).push(err2);
errors++;
}
}
if(data.backends !== undefined){
let data3 = data.backends;
if(Array.isArray(data3)){
if(data3.length < 1){
const err3 = {instancePath:instancePath+"/backends",schemaPath:"#/$defs/RouteRule/properties/backends/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
(vErrors ??= []).push(err3);
errors++;
}
const len1 = data3.length;
for(let i1=0; i1<len1; i1++){
if(!(validate415(data3[i1], {instancePath:instancePath+"/backends/" + i1,parentData:data3,parentDataProperty:i1,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate415.errors : vErrors.concat(validate415.errors);
errors = vErrors.length;
}
}
}
else {
const err4 = {instancePath:instancePath+"/backends",schemaPath:"#/$defs/RouteRule/properties/backends/type",keyword:"type",params:{type: "array"},message:"must be array"};
(vErrors ??= []).push(err4);
errors++;
}
}
if(data.timeout !== undefined){
if(!(validate155(data.timeout, {instancePath:instancePath+"/timeout",parentData:data,parentDataProperty:"timeout",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate155.errors : vErrors.concat(validate155.errors);
errors = vErrors.length;
}
}
if(data.retries !== undefined){
if(!(validate190(data.retries, {instancePath:instancePath+"/retries",parentData:data,parentDataProperty:"retries",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate190.errors : vErrors.concat(validate190.errors);
errors = vErrors.length;
}
}
if(data.mirror !== undefined){
let data7 = data.mirror;
if(Array.isArray(data7)){
const len2 = data7.length;
for(let i2=0; i2<len2; i2++){
if(!(validate422(data7[i2], {instancePath:instancePath+"/mirror/" + i2,parentData:data7,parentDataProperty:i2,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate422.errors : vErrors.concat(validate422.errors);
errors = vErrors.length;
}
}
}
else {
const err5 = {instancePath:instancePath+"/mirror",schemaPath:"#/$defs/RouteRule/properties/mirror/type",keyword:"type",params:{type: "array"},message:"must be array"};
(vErrors ??= []).push(err5);
errors++;
}
}
if(data.fault !== undefined){
if(!(validate428(data.fault, {instancePath:instancePath+"/fault",parentData:data,parentDataProperty:"fault",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate428.errors : vErrors.concat(validate428.errors);
errors = vErrors.length;
}
}
if(data.headers !== undefined){
let data10 = data.headers;
if(data10 && typeof data10 == "object" && !Array.isArray(data10)){
for(const key1 in data10){
if(!((key1 === "request") || (key1 === "response"))){
const err6 = {instancePath:instancePath+"/headers",schemaPath:"#/$defs/RouteRule/properties/headers/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties"};
(vErrors ??= []).push(err6);
errors++;
}
}
if(data10.request !== undefined){
if(!(validate433(data10.request, {instancePath:instancePath+"/headers/request",parentData:data10,parentDataProperty:"request",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate433.errors : vErrors.concat(validate433.errors);
errors = vErrors.length;
}
}
if(data10.response !== undefined){
if(!(validate433(data10.response, {instancePath:instancePath+"/headers/response",parentData:data10,parentDataProperty:"response",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate433.errors : vErrors.concat(validate433.errors);
errors = vErrors.length;
}
}
}
else {
const err7 = {instancePath:instancePath+"/headers",schemaPath:"#/$defs/RouteRule/properties/headers/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err7);
errors++;
}
}
if(data.rewrite !== undefined){
if(!(validate442(data.rewrite, {instancePath:instancePath+"/rewrite",parentData:data,parentDataProperty:"rewrite",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate442.errors : vErrors.concat(validate442.errors);
errors = vErrors.length;
}
}
if(data.redirect !== undefined){
if(!(validate450(data.redirect, {instancePath:instancePath+"/redirect",parentData:data,parentDataProperty:"redirect",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate450.errors : vErrors.concat(validate450.errors);
errors = vErrors.length;
}
}
if(data.respond !== undefined){
if(!(validate455(data.respond, {instancePath:instancePath+"/respond",parentData:data,parentDataProperty:"respond",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate455.errors : vErrors.concat(validate455.errors);
errors = vErrors.length;
}
}
if(data.cors !== undefined){
if(!(validate457(data.cors, {instancePath:instancePath+"/cors",parentData:data,parentDataProperty:"cors",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate457.errors : vErrors.concat(validate457.errors);
errors = vErrors.length;
}
}
if(data.rateLimit !== undefined){
if(!(validate463(data.rateLimit, {instancePath:instancePath+"/rateLimit",parentData:data,parentDataProperty:"rateLimit",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate463.errors : vErrors.concat(validate463.errors);
errors = vErrors.length;
}
}
}
else {
const err8 = {instancePath,schemaPath:"#/$defs/RouteRule/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err8);
errors++;
}
validate412.errors = vErrors;
return errors === 0;
}
validate412.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};


function validate406(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate406.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.apiVersion === undefined){
const err0 = {instancePath,schemaPath:"#/$defs/RouteDocument/required",keyword:"required",params:{missingProperty: "apiVersion"},message:"must have required property '"+"apiVersion"+"'"};
(vErrors ??= []).push(err0);
errors++;
}
if(data.kind === undefined){
const err1 = {instancePath,schemaPath:"#/$defs/RouteDocument/required",keyword:"required",params:{missingProperty: "kind"},message:"must have required property '"+"kind"+"'"};
(vErrors ??= []).push(err1);
errors++;
}
if(data.metadata === undefined){
const err2 = {instancePath,schemaPath:"#/$defs/RouteDocument/required",keyword:"required",params:{missingProperty: "metadata"},message:"must have required property '"+"metadata"+"'"};
(vErrors ??= []).push(err2);
errors++;
}
if(data.spec === undefined){
const err3 = {instancePath,schemaPath:"#/$defs/RouteDocument/required",keyword:"required",params:{missingProperty: "spec"},message:"must have required property '"+"spec"+"'"};
(vErrors ??= []).push(err3);
errors++;
}
for(const key0 in data){
if(!((((key0 === "apiVersion") || (key0 === "kind")) || (key0 === "metadata")) || (key0 === "spec"))){
const err4 = {instancePath,schemaPath:"#/$defs/RouteDocument/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
(vErrors ??= []).push(err4);
errors++;
}
}
if(data.apiVersion !== undefined){
let data0 = data.apiVersion;
if(typeof data0 !== "string"){
const err5 = {instancePath:instancePath+"/apiVersion",schemaPath:"#/$defs/RouteDocument/properties/apiVersion/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err5);
errors++;
}
if("mesh/v1" !== data0){
const err6 = {instancePath:instancePath+"/apiVersion",schemaPath:"#/$defs/RouteDocument/properties/apiVersion/const",keyword:"const",params:{allowedValue: "mesh/v1"},message:"must be equal to constant"};
(vErrors ??= []).push(err6);
errors++;
}
}
if(data.kind !== undefined){
let data1 = data.kind;
if(typeof data1 !== "string"){
const err7 = {instancePath:instancePath+"/kind",schemaPath:"#/$defs/RouteDocument/properties/kind/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err7);
errors++;
}
if("Route" !== data1){
const err8 = {instancePath:instancePath+"/kind",schemaPath:"#/$defs/RouteDocument/properties/kind/const",keyword:"const",params:{allowedValue: "Route"},message:"must be equal to constant"};
(vErrors ??= []).push(err8);
errors++;
}
}
if(data.metadata !== undefined){
if(!(validate53(data.metadata, {instancePath:instancePath+"/metadata",parentData:data,parentDataProperty:"metadata",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate53.errors : vErrors.concat(validate53.errors);
errors = vErrors.length;
}
}
if(data.spec !== undefined){
let data3 = data.spec;
if(data3 && typeof data3 == "object" && !Array.isArray(data3)){
if(data3.rules === undefined){
const err9 = {instancePath:instancePath+"/spec",schemaPath:"#/$defs/RouteDocument/properties/spec/required",keyword:"required",params:{missingProperty: "rules"},message:"must have required property '"+"rules"+"'"};
(vErrors ??= []).push(err9);
errors++;
}
for(const key1 in data3){
if(!((((((key1 === "service") || (key1 === "gateways")) || (key1 === "hostnames")) || (key1 === "ports")) || (key1 === "priority")) || (key1 === "rules"))){
const err10 = {instancePath:instancePath+"/spec",schemaPath:"#/$defs/RouteDocument/properties/spec/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties"};
(vErrors ??= []).push(err10);
errors++;
}
}
if(data3.service !== undefined){
if(!(validate67(data3.service, {instancePath:instancePath+"/spec/service",parentData:data3,parentDataProperty:"service",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate67.errors : vErrors.concat(validate67.errors);
errors = vErrors.length;
}
}
if(data3.gateways !== undefined){
let data5 = data3.gateways;
if(Array.isArray(data5)){
if(data5.length < 1){
const err11 = {instancePath:instancePath+"/spec/gateways",schemaPath:"#/$defs/RouteDocument/properties/spec/properties/gateways/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
(vErrors ??= []).push(err11);
errors++;
}
const len0 = data5.length;
for(let i0=0; i0<len0; i0++){
if(!(validate62(data5[i0], {instancePath:instancePath+"/spec/gateways/" + i0,parentData:data5,parentDataProperty:i0,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate62.errors : vErrors.concat(validate62.errors);
errors = vErrors.length;
}
}
}
else {
const err12 = {instancePath:instancePath+"/spec/gateways",schemaPath:"#/$defs/RouteDocument/properties/spec/properties/gateways/type",keyword:"type",params:{type: "array"},message:"must be array"};
(vErrors ??= []).push(err12);
errors++;
}
}
if(data3.hostnames !== undefined){
let data7 = data3.hostnames;
if(Array.isArray(data7)){
if(data7.length < 1){
const err13 = {instancePath:instancePath+"/spec/hostnames",schemaPath:"#/$defs/RouteDocument/properties/spec/properties/hostnames/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
(vErrors ??= []).push(err13);
errors++;
}
const len1 = data7.length;
for(let i1=0; i1<len1; i1++){
if(!(validate97(data7[i1], {instancePath:instancePath+"/spec/hostnames/" + i1,parentData:data7,parentDataProperty:i1,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate97.errors : vErrors.concat(validate97.errors);
errors = vErrors.length;
}
}
}
else {
const err14 = {instancePath:instancePath+"/spec/hostnames",schemaPath:"#/$defs/RouteDocument/properties/spec/properties/hostnames/type",keyword:"type",params:{type: "array"},message:"must be array"};
(vErrors ??= []).push(err14);
errors++;
}
}
if(data3.ports !== undefined){
if(!(validate79(data3.ports, {instancePath:instancePath+"/spec/ports",parentData:data3,parentDataProperty:"ports",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate79.errors : vErrors.concat(validate79.errors);
errors = vErrors.length;
}
}
if(data3.priority !== undefined){
let data10 = data3.priority;
if(!(((typeof data10 == "number") && (!(data10 % 1) && !isNaN(data10))) && (isFinite(data10)))){
const err15 = {instancePath:instancePath+"/spec/priority",schemaPath:"#/$defs/RouteDocument/properties/spec/properties/priority/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
(vErrors ??= []).push(err15);
errors++;
}
if((typeof data10 == "number") && (isFinite(data10))){
if(data10 > 2147483647 || isNaN(data10)){
const err16 = {instancePath:instancePath+"/spec/priority",schemaPath:"#/$defs/RouteDocument/properties/spec/properties/priority/maximum",keyword:"maximum",params:{comparison: "<=", limit: 2147483647},message:"must be <= 2147483647"};
(vErrors ??= []).push(err16);
errors++;
}
if(data10 < -2147483648 || isNaN(data10)){
const err17 = {instancePath:instancePath+"/spec/priority",schemaPath:"#/$defs/RouteDocument/properties/spec/properties/priority/minimum",keyword:"minimum",params:{comparison: ">=", limit: -2147483648},message:"must be >= -2147483648"};
(vErrors ??= []).push(err17);
errors++;
}
}
}
if(data3.rules !== undefined){
let data11 = data3.rules;
if(Array.isArray(data11)){
if(data11.length < 1){
const err18 = {instancePath:instancePath+"/spec/rules",schemaPath:"#/$defs/RouteDocument/properties/spec/properties/rules/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
(vErrors ??= []).push(err18);
errors++;
}
const len2 = data11.length;
for(let i2=0; i2<len2; i2++){
if(!(validate412(data11[i2], {instancePath:instancePath+"/spec/rules/" + i2,parentData:data11,parentDataProperty:i2,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate412.errors : vErrors.concat(validate412.errors);
errors = vErrors.length;
}
}
}
else {
const err19 = {instancePath:instancePath+"/spec/rules",schemaPath:"#/$defs/RouteDocument/properties/spec/properties/rules/type",keyword:"type",params:{type: "array"},message:"must be array"};
(vErrors ??= []).push(err19);
errors++;
}
}
}
else {
const err20 = {instancePath:instancePath+"/spec",schemaPath:"#/$defs/RouteDocument/properties/spec/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err20);
errors++;
}
}
}
else {
const err21 = {instancePath,schemaPath:"#/$defs/RouteDocument/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err21);
errors++;
}
validate406.errors = vErrors;
return errors === 0;
}
validate406.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const isService = validate468;
const schema141 = {"type":"object","required":["apiVersion","kind","metadata","spec"],"additionalProperties":false,"properties":{"apiVersion":{"type":"string","const":"mesh/v1"},"kind":{"type":"string","const":"Service"},"metadata":{"$ref":"definition:/Metadata"},"spec":{"type":"object","additionalProperties":false,"properties":{"ports":{"type":"object","propertyNames":{"$ref":"definition:/DnsLabel"},"additionalProperties":{"$ref":"definition:/ServicePort"}},"workload":{"$ref":"definition:/Workload"},"versions":{"type":"object","minProperties":1,"propertyNames":{"$ref":"definition:/DnsLabel"},"additionalProperties":{"$ref":"definition:/Version"}},"endpoints":{"type":"object","propertyNames":{"$ref":"definition:/DnsLabel"},"additionalProperties":{"type":"array","items":{"$ref":"definition:/Endpoint"}}},"clusters":{"type":"array","minItems":1,"items":{"$ref":"definition:/DnsLabel"}},"calls":{"type":"array","items":{"$ref":"definition:/Call"}},"profiles":{"type":"array","items":{"$ref":"definition:/DnsLabel"}},"exposeTo":{"type":"array","items":{"$ref":"definition:/DnsLabel"}},"mtls":{"type":"string","enum":["strict","permissive","disabled"]},"healthCheck":{"$ref":"definition:/HealthCheck"},"timeout":{"$ref":"definition:/Duration"},"retries":{"$ref":"definition:/Retries"},"connections":{"$ref":"definition:/Connections"},"outlierDetection":{"$ref":"definition:/OutlierDetection"},"loadBalancing":{"$ref":"definition:/LoadBalancing"},"retryBudget":{"$ref":"definition:/RetryBudget"},"rateLimit":{"$ref":"definition:/RateLimit"},"locality":{"$ref":"definition:/LocalityPreference"},"telemetry":{"$ref":"definition:/ServiceTelemetry"}}}},"$id":"definition:/ServiceDocument"};
const schema142 = {"type":"object","required":["port"],"additionalProperties":false,"properties":{"port":{"$ref":"definition:/PortNumber"},"targetPort":{"$ref":"definition:/PortNumber"},"protocol":{"$ref":"definition:/Protocol"},"mtls":{"type":"string","enum":["strict","permissive","disabled"]},"tls":{"$ref":"definition:/PortTls"}},"$id":"definition:/ServicePort"};
const schema143 = {"type":"object","additionalProperties":false,"properties":{"sni":{"$ref":"definition:/HostName"},"subjectAltNames":{"type":"array","minItems":1,"items":{"type":"string","minLength":1,"maxLength":2048,"pattern":"^[^\\s\\u0000-\\u001f\\u007f]+$"}},"ca":{"$ref":"definition:/CertificateAuthority"}},"$id":"definition:/PortTls"};

function validate475(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate475.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(((key0 === "sni") || (key0 === "subjectAltNames")) || (key0 === "ca"))){
const err0 = {instancePath,schemaPath:"#/$defs/PortTls/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
(vErrors ??= []).push(err0);
errors++;
}
}
if(data.sni !== undefined){
if(!(validate177(data.sni, {instancePath:instancePath+"/sni",parentData:data,parentDataProperty:"sni",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate177.errors : vErrors.concat(validate177.errors);
errors = vErrors.length;
}
}
if(data.subjectAltNames !== undefined){
let data1 = data.subjectAltNames;
if(Array.isArray(data1)){
if(data1.length < 1){
const err1 = {instancePath:instancePath+"/subjectAltNames",schemaPath:"#/$defs/PortTls/properties/subjectAltNames/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
(vErrors ??= []).push(err1);
errors++;
}
const len0 = data1.length;
for(let i0=0; i0<len0; i0++){
let data2 = data1[i0];
if(typeof data2 === "string"){
if(func1(data2) > 2048){
const err2 = {instancePath:instancePath+"/subjectAltNames/" + i0,schemaPath:"#/$defs/PortTls/properties/subjectAltNames/items/maxLength",keyword:"maxLength",params:{limit: 2048},message:"must NOT have more than 2048 characters"};
(vErrors ??= []).push(err2);
errors++;
}
if(func1(data2) < 1){
const err3 = {instancePath:instancePath+"/subjectAltNames/" + i0,schemaPath:"#/$defs/PortTls/properties/subjectAltNames/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
(vErrors ??= []).push(err3);
errors++;
}
if(!pattern25.test(data2)){
const err4 = {instancePath:instancePath+"/subjectAltNames/" + i0,schemaPath:"#/$defs/PortTls/properties/subjectAltNames/items/pattern",keyword:"pattern",params:{pattern: "^[^\\s\\u0000-\\u001f\\u007f]+$"},message:"must match pattern \""+"^[^\\s\\u0000-\\u001f\\u007f]+$"+"\""};
(vErrors ??= []).push(err4);
errors++;
}
}
else {
const err5 = {instancePath:instancePath+"/subjectAltNames/" + i0,schemaPath:"#/$defs/PortTls/properties/subjectAltNames/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err5);
errors++;
}
}
}
else {
const err6 = {instancePath:instancePath+"/subjectAltNames",schemaPath:"#/$defs/PortTls/properties/subjectAltNames/type",keyword:"type",params:{type: "array"},message:"must be array"};
(vErrors ??= []).push(err6);
errors++;
}
}
if(data.ca !== undefined){
if(!(validate179(data.ca, {instancePath:instancePath+"/ca",parentData:data,parentDataProperty:"ca",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate179.errors : vErrors.concat(validate179.errors);
errors = vErrors.length;
}
}
}
else {
const err7 = {instancePath,schemaPath:"#/$defs/PortTls/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err7);
errors++;
}
validate475.errors = vErrors;
return errors === 0;
}
validate475.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};


function validate471(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate471.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.port === undefined){
const err0 = {instancePath,schemaPath:"#/$defs/ServicePort/required",keyword:"required",params:{missingProperty: "port"},message:"must have required property '"+"port"+"'"};
(vErrors ??= []).push(err0);
errors++;
}
for(const key0 in data){
if(!(((((key0 === "port") || (key0 === "targetPort")) || (key0 === "protocol")) || (key0 === "mtls")) || (key0 === "tls"))){
const err1 = {instancePath,schemaPath:"#/$defs/ServicePort/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
(vErrors ??= []).push(err1);
errors++;
}
}
if(data.port !== undefined){
if(!(validate170(data.port, {instancePath:instancePath+"/port",parentData:data,parentDataProperty:"port",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate170.errors : vErrors.concat(validate170.errors);
errors = vErrors.length;
}
}
if(data.targetPort !== undefined){
if(!(validate170(data.targetPort, {instancePath:instancePath+"/targetPort",parentData:data,parentDataProperty:"targetPort",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate170.errors : vErrors.concat(validate170.errors);
errors = vErrors.length;
}
}
if(data.protocol !== undefined){
if(!(validate173(data.protocol, {instancePath:instancePath+"/protocol",parentData:data,parentDataProperty:"protocol",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate173.errors : vErrors.concat(validate173.errors);
errors = vErrors.length;
}
}
if(data.mtls !== undefined){
let data3 = data.mtls;
if(typeof data3 !== "string"){
const err2 = {instancePath:instancePath+"/mtls",schemaPath:"#/$defs/ServicePort/properties/mtls/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err2);
errors++;
}
if(!(((data3 === "strict") || (data3 === "permissive")) || (data3 === "disabled"))){
const err3 = {instancePath:instancePath+"/mtls",schemaPath:"#/$defs/ServicePort/properties/mtls/enum",keyword:"enum",params:{allowedValues: schema142.properties.mtls.enum},message:"must be equal to one of the allowed values"};
(vErrors ??= []).push(err3);
errors++;
}
}
if(data.tls !== undefined){
if(!(validate475(data.tls, {instancePath:instancePath+"/tls",parentData:data,parentDataProperty:"tls",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate475.errors : vErrors.concat(validate475.errors);
errors = vErrors.length;
}
}
}
else {
const err4 = {instancePath,schemaPath:"#/$defs/ServicePort/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err4);
errors++;
}
validate471.errors = vErrors;
return errors === 0;
}
validate471.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema144 = {"type":"object","additionalProperties":false,"properties":{"labels":{"$ref":"definition:/Labels"}},"$id":"definition:/Version"};

function validate482(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate482.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(key0 === "labels")){
const err0 = {instancePath,schemaPath:"#/$defs/Version/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
(vErrors ??= []).push(err0);
errors++;
}
}
if(data.labels !== undefined){
if(!(validate57(data.labels, {instancePath:instancePath+"/labels",parentData:data,parentDataProperty:"labels",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate57.errors : vErrors.concat(validate57.errors);
errors = vErrors.length;
}
}
}
else {
const err1 = {instancePath,schemaPath:"#/$defs/Version/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err1);
errors++;
}
validate482.errors = vErrors;
return errors === 0;
}
validate482.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema145 = {"type":["string","object"],"pattern":"^(?:(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])\\.){3}(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])|\\[(?:[0-9A-Fa-f]{0,4}:){2,7}(?:[0-9A-Fa-f]{1,4}|(?:[0-9]{1,3}\\.){3}[0-9]{1,3})?\\]|(?:[a-z0-9](?:[-_a-z0-9]{0,61}[a-z0-9])?\\.)*[a-z](?:[-_a-z0-9]{0,61}[a-z0-9])?):(?:[1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])$","minProperties":1,"additionalProperties":false,"properties":{"name":{"type":"string","maxLength":63,"pattern":"^[a-z](?:[-a-z0-9]*[a-z0-9])?$"},"app":{"$ref":"definition:/PortAddresses"},"inbound":{"$ref":"definition:/PortAddresses"},"outbound":{"$ref":"definition:/EndpointAddress"},"admin":{"$ref":"definition:/EndpointAddress"},"tcp":{"type":"object","propertyNames":{"type":"string","pattern":"^(?:[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?/)?[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?:[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$"},"additionalProperties":{"$ref":"definition:/EndpointAddress"}},"zone":{"type":"string","minLength":1,"maxLength":128,"pattern":"^[A-Za-z0-9][A-Za-z0-9._-]*$"},"cluster":{"$ref":"definition:/DnsLabel"}},"$id":"definition:/Endpoint"};
const pattern78 = new RegExp("^(?:[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?/)?[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?:[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$", "u");
const schema146 = {"type":["string","object"],"pattern":"^(?:(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])\\.){3}(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])|\\[(?:[0-9A-Fa-f]{0,4}:){2,7}(?:[0-9A-Fa-f]{1,4}|(?:[0-9]{1,3}\\.){3}[0-9]{1,3})?\\]|(?:[a-z0-9](?:[-_a-z0-9]{0,61}[a-z0-9])?\\.)*[a-z](?:[-_a-z0-9]{0,61}[a-z0-9])?):(?:[1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])$","minProperties":1,"propertyNames":{"$ref":"definition:/PortName"},"additionalProperties":{"$ref":"definition:/EndpointAddress"},"$id":"definition:/PortAddresses"};

function validate487(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate487.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if((typeof data !== "string") && (!(data && typeof data == "object" && !Array.isArray(data)))){
const err0 = {instancePath,schemaPath:"#/$defs/PortAddresses/type",keyword:"type",params:{type: schema146.type},message:"must be string,object"};
(vErrors ??= []).push(err0);
errors++;
}
if(typeof data === "string"){
if(!pattern36.test(data)){
const err1 = {instancePath,schemaPath:"#/$defs/PortAddresses/pattern",keyword:"pattern",params:{pattern: "^(?:(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])\\.){3}(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])|\\[(?:[0-9A-Fa-f]{0,4}:){2,7}(?:[0-9A-Fa-f]{1,4}|(?:[0-9]{1,3}\\.){3}[0-9]{1,3})?\\]|(?:[a-z0-9](?:[-_a-z0-9]{0,61}[a-z0-9])?\\.)*[a-z](?:[-_a-z0-9]{0,61}[a-z0-9])?):(?:[1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])$"},message:"must match pattern \""+"^(?:(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])\\.){3}(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])|\\[(?:[0-9A-Fa-f]{0,4}:){2,7}(?:[0-9A-Fa-f]{1,4}|(?:[0-9]{1,3}\\.){3}[0-9]{1,3})?\\]|(?:[a-z0-9](?:[-_a-z0-9]{0,61}[a-z0-9])?\\.)*[a-z](?:[-_a-z0-9]{0,61}[a-z0-9])?):(?:[1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])$"+"\""};
(vErrors ??= []).push(err1);
errors++;
}
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(Object.keys(data).length < 1){
const err2 = {instancePath,schemaPath:"#/$defs/PortAddresses/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties"};
(vErrors ??= []).push(err2);
errors++;
}
for(const key0 in data){
const _errs1 = errors;
if(!(validate80(key0, {instancePath,parentData:data,parentDataProperty,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate80.errors : vErrors.concat(validate80.errors);
errors = vErrors.length;
}
var valid0 = _errs1 === errors;
if(!valid0){
const err3 = {instancePath,schemaPath:"#/$defs/PortAddresses/propertyNames",keyword:"propertyNames",params:{propertyName: key0},message:"property name must be valid"};
(vErrors ??= []).push(err3);
errors++;
}
}
for(const key1 in data){
if(!(validate234(data[key1], {instancePath:instancePath+"/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data,parentDataProperty:key1,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate234.errors : vErrors.concat(validate234.errors);
errors = vErrors.length;
}
}
}
validate487.errors = vErrors;
return errors === 0;
}
validate487.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};


function validate486(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate486.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if((typeof data !== "string") && (!(data && typeof data == "object" && !Array.isArray(data)))){
const err0 = {instancePath,schemaPath:"#/$defs/Endpoint/type",keyword:"type",params:{type: schema145.type},message:"must be string,object"};
(vErrors ??= []).push(err0);
errors++;
}
if(typeof data === "string"){
if(!pattern36.test(data)){
const err1 = {instancePath,schemaPath:"#/$defs/Endpoint/pattern",keyword:"pattern",params:{pattern: "^(?:(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])\\.){3}(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])|\\[(?:[0-9A-Fa-f]{0,4}:){2,7}(?:[0-9A-Fa-f]{1,4}|(?:[0-9]{1,3}\\.){3}[0-9]{1,3})?\\]|(?:[a-z0-9](?:[-_a-z0-9]{0,61}[a-z0-9])?\\.)*[a-z](?:[-_a-z0-9]{0,61}[a-z0-9])?):(?:[1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])$"},message:"must match pattern \""+"^(?:(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])\\.){3}(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])|\\[(?:[0-9A-Fa-f]{0,4}:){2,7}(?:[0-9A-Fa-f]{1,4}|(?:[0-9]{1,3}\\.){3}[0-9]{1,3})?\\]|(?:[a-z0-9](?:[-_a-z0-9]{0,61}[a-z0-9])?\\.)*[a-z](?:[-_a-z0-9]{0,61}[a-z0-9])?):(?:[1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])$"+"\""};
(vErrors ??= []).push(err1);
errors++;
}
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(Object.keys(data).length < 1){
const err2 = {instancePath,schemaPath:"#/$defs/Endpoint/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties"};
(vErrors ??= []).push(err2);
errors++;
}
for(const key0 in data){
if(!((((((((key0 === "name") || (key0 === "app")) || (key0 === "inbound")) || (key0 === "outbound")) || (key0 === "admin")) || (key0 === "tcp")) || (key0 === "zone")) || (key0 === "cluster"))){
const err3 = {instancePath,schemaPath:"#/$defs/Endpoint/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
(vErrors ??= []).push(err3);
errors++;
}
}
if(data.name !== undefined){
let data0 = data.name;
if(typeof data0 === "string"){
if(func1(data0) > 63){
const err4 = {instancePath:instancePath+"/name",schemaPath:"#/$defs/Endpoint/properties/name/maxLength",keyword:"maxLength",params:{limit: 63},message:"must NOT have more than 63 characters"};
(vErrors ??= []).push(err4);
errors++;
}
if(!pattern35.test(data0)){
const err5 = {instancePath:instancePath+"/name",schemaPath:"#/$defs/Endpoint/properties/name/pattern",keyword:"pattern",params:{pattern: "^[a-z](?:[-a-z0-9]*[a-z0-9])?$"},message:"must match pattern \""+"^[a-z](?:[-a-z0-9]*[a-z0-9])?$"+"\""};
(vErrors ??= []).push(err5);
errors++;
}
}
else {
const err6 = {instancePath:instancePath+"/name",schemaPath:"#/$defs/Endpoint/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err6);
errors++;
}
}
if(data.app !== undefined){
if(!(validate487(data.app, {instancePath:instancePath+"/app",parentData:data,parentDataProperty:"app",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate487.errors : vErrors.concat(validate487.errors);
errors = vErrors.length;
}
}
if(data.inbound !== undefined){
if(!(validate487(data.inbound, {instancePath:instancePath+"/inbound",parentData:data,parentDataProperty:"inbound",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate487.errors : vErrors.concat(validate487.errors);
errors = vErrors.length;
}
}
if(data.outbound !== undefined){
if(!(validate234(data.outbound, {instancePath:instancePath+"/outbound",parentData:data,parentDataProperty:"outbound",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate234.errors : vErrors.concat(validate234.errors);
errors = vErrors.length;
}
}
if(data.admin !== undefined){
if(!(validate234(data.admin, {instancePath:instancePath+"/admin",parentData:data,parentDataProperty:"admin",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate234.errors : vErrors.concat(validate234.errors);
errors = vErrors.length;
}
}
if(data.tcp !== undefined){
let data5 = data.tcp;
if(data5 && typeof data5 == "object" && !Array.isArray(data5)){
for(const key1 in data5){
const _errs10 = errors;
if(typeof key1 === "string"){
if(!pattern78.test(key1)){
const err7 = {instancePath:instancePath+"/tcp",schemaPath:"#/$defs/Endpoint/properties/tcp/propertyNames/pattern",keyword:"pattern",params:{pattern: "^(?:[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?/)?[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?:[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$"},message:"must match pattern \""+"^(?:[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?/)?[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?:[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$"+"\"",propertyName:key1};
(vErrors ??= []).push(err7);
errors++;
}
}
else {
const err8 = {instancePath:instancePath+"/tcp",schemaPath:"#/$defs/Endpoint/properties/tcp/propertyNames/type",keyword:"type",params:{type: "string"},message:"must be string",propertyName:key1};
(vErrors ??= []).push(err8);
errors++;
}
var valid1 = _errs10 === errors;
if(!valid1){
const err9 = {instancePath:instancePath+"/tcp",schemaPath:"#/$defs/Endpoint/properties/tcp/propertyNames",keyword:"propertyNames",params:{propertyName: key1},message:"property name must be valid"};
(vErrors ??= []).push(err9);
errors++;
}
}
for(const key2 in data5){
if(!(validate234(data5[key2], {instancePath:instancePath+"/tcp/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data5,parentDataProperty:key2,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate234.errors : vErrors.concat(validate234.errors);
errors = vErrors.length;
}
}
}
else {
const err10 = {instancePath:instancePath+"/tcp",schemaPath:"#/$defs/Endpoint/properties/tcp/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err10);
errors++;
}
}
if(data.zone !== undefined){
let data7 = data.zone;
if(typeof data7 === "string"){
if(func1(data7) > 128){
const err11 = {instancePath:instancePath+"/zone",schemaPath:"#/$defs/Endpoint/properties/zone/maxLength",keyword:"maxLength",params:{limit: 128},message:"must NOT have more than 128 characters"};
(vErrors ??= []).push(err11);
errors++;
}
if(func1(data7) < 1){
const err12 = {instancePath:instancePath+"/zone",schemaPath:"#/$defs/Endpoint/properties/zone/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
(vErrors ??= []).push(err12);
errors++;
}
if(!pattern48.test(data7)){
const err13 = {instancePath:instancePath+"/zone",schemaPath:"#/$defs/Endpoint/properties/zone/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z0-9][A-Za-z0-9._-]*$"},message:"must match pattern \""+"^[A-Za-z0-9][A-Za-z0-9._-]*$"+"\""};
(vErrors ??= []).push(err13);
errors++;
}
}
else {
const err14 = {instancePath:instancePath+"/zone",schemaPath:"#/$defs/Endpoint/properties/zone/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err14);
errors++;
}
}
if(data.cluster !== undefined){
if(!(validate54(data.cluster, {instancePath:instancePath+"/cluster",parentData:data,parentDataProperty:"cluster",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate54.errors : vErrors.concat(validate54.errors);
errors = vErrors.length;
}
}
}
validate486.errors = vErrors;
return errors === 0;
}
validate486.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema147 = {"type":["string","object"],"pattern":"^(?:[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?/)?[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$","required":["service"],"additionalProperties":false,"properties":{"service":{"$ref":"definition:/ServiceReference"},"methods":{"$ref":"definition:/MethodList"},"paths":{"$ref":"definition:/PathMatchList"}},"$id":"definition:/Call"};

function validate498(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate498.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if((typeof data !== "string") && (!(data && typeof data == "object" && !Array.isArray(data)))){
const err0 = {instancePath,schemaPath:"#/$defs/Call/type",keyword:"type",params:{type: schema147.type},message:"must be string,object"};
(vErrors ??= []).push(err0);
errors++;
}
if(typeof data === "string"){
if(!pattern8.test(data)){
const err1 = {instancePath,schemaPath:"#/$defs/Call/pattern",keyword:"pattern",params:{pattern: "^(?:[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?/)?[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$"},message:"must match pattern \""+"^(?:[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?/)?[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$"+"\""};
(vErrors ??= []).push(err1);
errors++;
}
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.service === undefined){
const err2 = {instancePath,schemaPath:"#/$defs/Call/required",keyword:"required",params:{missingProperty: "service"},message:"must have required property '"+"service"+"'"};
(vErrors ??= []).push(err2);
errors++;
}
for(const key0 in data){
if(!(((key0 === "service") || (key0 === "methods")) || (key0 === "paths"))){
const err3 = {instancePath,schemaPath:"#/$defs/Call/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
(vErrors ??= []).push(err3);
errors++;
}
}
if(data.service !== undefined){
if(!(validate67(data.service, {instancePath:instancePath+"/service",parentData:data,parentDataProperty:"service",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate67.errors : vErrors.concat(validate67.errors);
errors = vErrors.length;
}
}
if(data.methods !== undefined){
if(!(validate83(data.methods, {instancePath:instancePath+"/methods",parentData:data,parentDataProperty:"methods",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate83.errors : vErrors.concat(validate83.errors);
errors = vErrors.length;
}
}
if(data.paths !== undefined){
if(!(validate87(data.paths, {instancePath:instancePath+"/paths",parentData:data,parentDataProperty:"paths",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate87.errors : vErrors.concat(validate87.errors);
errors = vErrors.length;
}
}
}
validate498.errors = vErrors;
return errors === 0;
}
validate498.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema148 = {"type":"object","additionalProperties":false,"properties":{"port":{"$ref":"definition:/PortName"},"path":{"$ref":"definition:/Path"},"grpc":{"type":"boolean","const":true},"interval":{"$ref":"definition:/PositiveDuration"},"timeout":{"$ref":"definition:/PositiveDuration"},"unhealthy":{"type":"integer","minimum":1,"maximum":4294967295},"healthy":{"type":"integer","minimum":1,"maximum":4294967295}},"$id":"definition:/HealthCheck"};

function validate505(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate505.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(((((((key0 === "port") || (key0 === "path")) || (key0 === "grpc")) || (key0 === "interval")) || (key0 === "timeout")) || (key0 === "unhealthy")) || (key0 === "healthy"))){
const err0 = {instancePath,schemaPath:"#/$defs/HealthCheck/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
(vErrors ??= []).push(err0);
errors++;
}
}
if(data.port !== undefined){
if(!(validate80(data.port, {instancePath:instancePath+"/port",parentData:data,parentDataProperty:"port",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate80.errors : vErrors.concat(validate80.errors);
errors = vErrors.length;
}
}
if(data.path !== undefined){
if(!(validate89(data.path, {instancePath:instancePath+"/path",parentData:data,parentDataProperty:"path",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate89.errors : vErrors.concat(validate89.errors);
errors = vErrors.length;
}
}
if(data.grpc !== undefined){
let data2 = data.grpc;
if(typeof data2 !== "boolean"){
const err1 = {instancePath:instancePath+"/grpc",schemaPath:"#/$defs/HealthCheck/properties/grpc/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
(vErrors ??= []).push(err1);
errors++;
}
if(true !== data2){
const err2 = {instancePath:instancePath+"/grpc",schemaPath:"#/$defs/HealthCheck/properties/grpc/const",keyword:"const",params:{allowedValue: true},message:"must be equal to constant"};
(vErrors ??= []).push(err2);
errors++;
}
}
if(data.interval !== undefined){
if(!(validate194(data.interval, {instancePath:instancePath+"/interval",parentData:data,parentDataProperty:"interval",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate194.errors : vErrors.concat(validate194.errors);
errors = vErrors.length;
}
}
if(data.timeout !== undefined){
if(!(validate194(data.timeout, {instancePath:instancePath+"/timeout",parentData:data,parentDataProperty:"timeout",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate194.errors : vErrors.concat(validate194.errors);
errors = vErrors.length;
}
}
if(data.unhealthy !== undefined){
let data5 = data.unhealthy;
if(!(((typeof data5 == "number") && (!(data5 % 1) && !isNaN(data5))) && (isFinite(data5)))){
const err3 = {instancePath:instancePath+"/unhealthy",schemaPath:"#/$defs/HealthCheck/properties/unhealthy/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
(vErrors ??= []).push(err3);
errors++;
}
if((typeof data5 == "number") && (isFinite(data5))){
if(data5 > 4294967295 || isNaN(data5)){
const err4 = {instancePath:instancePath+"/unhealthy",schemaPath:"#/$defs/HealthCheck/properties/unhealthy/maximum",keyword:"maximum",params:{comparison: "<=", limit: 4294967295},message:"must be <= 4294967295"};
(vErrors ??= []).push(err4);
errors++;
}
if(data5 < 1 || isNaN(data5)){
const err5 = {instancePath:instancePath+"/unhealthy",schemaPath:"#/$defs/HealthCheck/properties/unhealthy/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"};
(vErrors ??= []).push(err5);
errors++;
}
}
}
if(data.healthy !== undefined){
let data6 = data.healthy;
if(!(((typeof data6 == "number") && (!(data6 % 1) && !isNaN(data6))) && (isFinite(data6)))){
const err6 = {instancePath:instancePath+"/healthy",schemaPath:"#/$defs/HealthCheck/properties/healthy/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
(vErrors ??= []).push(err6);
errors++;
}
if((typeof data6 == "number") && (isFinite(data6))){
if(data6 > 4294967295 || isNaN(data6)){
const err7 = {instancePath:instancePath+"/healthy",schemaPath:"#/$defs/HealthCheck/properties/healthy/maximum",keyword:"maximum",params:{comparison: "<=", limit: 4294967295},message:"must be <= 4294967295"};
(vErrors ??= []).push(err7);
errors++;
}
if(data6 < 1 || isNaN(data6)){
const err8 = {instancePath:instancePath+"/healthy",schemaPath:"#/$defs/HealthCheck/properties/healthy/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"};
(vErrors ??= []).push(err8);
errors++;
}
}
}
}
else {
const err9 = {instancePath,schemaPath:"#/$defs/HealthCheck/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err9);
errors++;
}
validate505.errors = vErrors;
return errors === 0;
}
validate505.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};


function validate468(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate468.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.apiVersion === undefined){
const err0 = {instancePath,schemaPath:"#/$defs/ServiceDocument/required",keyword:"required",params:{missingProperty: "apiVersion"},message:"must have required property '"+"apiVersion"+"'"};
(vErrors ??= []).push(err0);
errors++;
}
if(data.kind === undefined){
const err1 = {instancePath,schemaPath:"#/$defs/ServiceDocument/required",keyword:"required",params:{missingProperty: "kind"},message:"must have required property '"+"kind"+"'"};
(vErrors ??= []).push(err1);
errors++;
}
if(data.metadata === undefined){
const err2 = {instancePath,schemaPath:"#/$defs/ServiceDocument/required",keyword:"required",params:{missingProperty: "metadata"},message:"must have required property '"+"metadata"+"'"};
(vErrors ??= []).push(err2);
errors++;
}
if(data.spec === undefined){
const err3 = {instancePath,schemaPath:"#/$defs/ServiceDocument/required",keyword:"required",params:{missingProperty: "spec"},message:"must have required property '"+"spec"+"'"};
(vErrors ??= []).push(err3);
errors++;
}
for(const key0 in data){
if(!((((key0 === "apiVersion") || (key0 === "kind")) || (key0 === "metadata")) || (key0 === "spec"))){
const err4 = {instancePath,schemaPath:"#/$defs/ServiceDocument/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
(vErrors ??= []).push(err4);
errors++;
}
}
if(data.apiVersion !== undefined){
let data0 = data.apiVersion;
if(typeof data0 !== "string"){
const err5 = {instancePath:instancePath+"/apiVersion",schemaPath:"#/$defs/ServiceDocument/properties/apiVersion/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err5);
errors++;
}
if("mesh/v1" !== data0){
const err6 = {instancePath:instancePath+"/apiVersion",schemaPath:"#/$defs/ServiceDocument/properties/apiVersion/const",keyword:"const",params:{allowedValue: "mesh/v1"},message:"must be equal to constant"};
(vErrors ??= []).push(err6);
errors++;
}
}
if(data.kind !== undefined){
let data1 = data.kind;
if(typeof data1 !== "string"){
const err7 = {instancePath:instancePath+"/kind",schemaPath:"#/$defs/ServiceDocument/properties/kind/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err7);
errors++;
}
if("Service" !== data1){
const err8 = {instancePath:instancePath+"/kind",schemaPath:"#/$defs/ServiceDocument/properties/kind/const",keyword:"const",params:{allowedValue: "Service"},message:"must be equal to constant"};
(vErrors ??= []).push(err8);
errors++;
}
}
if(data.metadata !== undefined){
if(!(validate53(data.metadata, {instancePath:instancePath+"/metadata",parentData:data,parentDataProperty:"metadata",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate53.errors : vErrors.concat(validate53.errors);
errors = vErrors.length;
}
}
if(data.spec !== undefined){
let data3 = data.spec;
if(data3 && typeof data3 == "object" && !Array.isArray(data3)){
for(const key1 in data3){
if(!(func40.call(schema141.properties.spec.properties, key1))){
const err9 = {instancePath:instancePath+"/spec",schemaPath:"#/$defs/ServiceDocument/properties/spec/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties"};
(vErrors ??= []).push(err9);
errors++;
}
}
if(data3.ports !== undefined){
let data4 = data3.ports;
if(data4 && typeof data4 == "object" && !Array.isArray(data4)){
for(const key2 in data4){
const _errs12 = errors;
if(!(validate54(key2, {instancePath:instancePath+"/spec/ports",parentData:data4,parentDataProperty:"ports",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate54.errors : vErrors.concat(validate54.errors);
errors = vErrors.length;
}
var valid2 = _errs12 === errors;
if(!valid2){
const err10 = {instancePath:instancePath+"/spec/ports",schemaPath:"#/$defs/ServiceDocument/properties/spec/properties/ports/propertyNames",keyword:"propertyNames",params:{propertyName: key2},message:"property name must be valid"};
(vErrors ??= []).push(err10);
errors++;
}
}
for(const key3 in data4){
if(!(validate471(data4[key3], {instancePath:instancePath+"/spec/ports/" + key3.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data4,parentDataProperty:key3,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate471.errors : vErrors.concat(validate471.errors);
errors = vErrors.length;
}
}
}
else {
const err11 = {instancePath:instancePath+"/spec/ports",schemaPath:"#/$defs/ServiceDocument/properties/spec/properties/ports/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err11);
errors++;
}
}
if(data3.workload !== undefined){
if(!(validate227(data3.workload, {instancePath:instancePath+"/spec/workload",parentData:data3,parentDataProperty:"workload",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate227.errors : vErrors.concat(validate227.errors);
errors = vErrors.length;
}
}
if(data3.versions !== undefined){
let data7 = data3.versions;
if(data7 && typeof data7 == "object" && !Array.isArray(data7)){
if(Object.keys(data7).length < 1){
const err12 = {instancePath:instancePath+"/spec/versions",schemaPath:"#/$defs/ServiceDocument/properties/spec/properties/versions/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties"};
(vErrors ??= []).push(err12);
errors++;
}
for(const key4 in data7){
const _errs18 = errors;
if(!(validate54(key4, {instancePath:instancePath+"/spec/versions",parentData:data7,parentDataProperty:"versions",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate54.errors : vErrors.concat(validate54.errors);
errors = vErrors.length;
}
var valid4 = _errs18 === errors;
if(!valid4){
const err13 = {instancePath:instancePath+"/spec/versions",schemaPath:"#/$defs/ServiceDocument/properties/spec/properties/versions/propertyNames",keyword:"propertyNames",params:{propertyName: key4},message:"property name must be valid"};
(vErrors ??= []).push(err13);
errors++;
}
}
for(const key5 in data7){
if(!(validate482(data7[key5], {instancePath:instancePath+"/spec/versions/" + key5.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data7,parentDataProperty:key5,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate482.errors : vErrors.concat(validate482.errors);
errors = vErrors.length;
}
}
}
else {
const err14 = {instancePath:instancePath+"/spec/versions",schemaPath:"#/$defs/ServiceDocument/properties/spec/properties/versions/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err14);
errors++;
}
}
if(data3.endpoints !== undefined){
let data9 = data3.endpoints;
if(data9 && typeof data9 == "object" && !Array.isArray(data9)){
for(const key6 in data9){
const _errs23 = errors;
if(!(validate54(key6, {instancePath:instancePath+"/spec/endpoints",parentData:data9,parentDataProperty:"endpoints",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate54.errors : vErrors.concat(validate54.errors);
errors = vErrors.length;
}
var valid6 = _errs23 === errors;
if(!valid6){
const err15 = {instancePath:instancePath+"/spec/endpoints",schemaPath:"#/$defs/ServiceDocument/properties/spec/properties/endpoints/propertyNames",keyword:"propertyNames",params:{propertyName: key6},message:"property name must be valid"};
(vErrors ??= []).push(err15);
errors++;
}
}
for(const key7 in data9){
let data10 = data9[key7];
if(Array.isArray(data10)){
const len0 = data10.length;
for(let i0=0; i0<len0; i0++){
if(!(validate486(data10[i0], {instancePath:instancePath+"/spec/endpoints/" + key7.replace(/~/g, "~0").replace(/\//g, "~1")+"/" + i0,parentData:data10,parentDataProperty:i0,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate486.errors : vErrors.concat(validate486.errors);
errors = vErrors.length;
}
}
}
else {
const err16 = {instancePath:instancePath+"/spec/endpoints/" + key7.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/$defs/ServiceDocument/properties/spec/properties/endpoints/additionalProperties/type",keyword:"type",params:{type: "array"},message:"must be array"};
(vErrors ??= []).push(err16);
errors++;
}
}
}
else {
const err17 = {instancePath:instancePath+"/spec/endpoints",schemaPath:"#/$defs/ServiceDocument/properties/spec/properties/endpoints/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err17);
errors++;
}
}
if(data3.clusters !== undefined){
let data12 = data3.clusters;
if(Array.isArray(data12)){
if(data12.length < 1){
const err18 = {instancePath:instancePath+"/spec/clusters",schemaPath:"#/$defs/ServiceDocument/properties/spec/properties/clusters/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
(vErrors ??= []).push(err18);
errors++;
}
const len1 = data12.length;
for(let i1=0; i1<len1; i1++){
if(!(validate54(data12[i1], {instancePath:instancePath+"/spec/clusters/" + i1,parentData:data12,parentDataProperty:i1,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate54.errors : vErrors.concat(validate54.errors);
errors = vErrors.length;
}
}
}
else {
const err19 = {instancePath:instancePath+"/spec/clusters",schemaPath:"#/$defs/ServiceDocument/properties/spec/properties/clusters/type",keyword:"type",params:{type: "array"},message:"must be array"};
(vErrors ??= []).push(err19);
errors++;
}
}
if(data3.calls !== undefined){
let data14 = data3.calls;
if(Array.isArray(data14)){
const len2 = data14.length;
for(let i2=0; i2<len2; i2++){
if(!(validate498(data14[i2], {instancePath:instancePath+"/spec/calls/" + i2,parentData:data14,parentDataProperty:i2,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate498.errors : vErrors.concat(validate498.errors);
errors = vErrors.length;
}
}
}
else {
const err20 = {instancePath:instancePath+"/spec/calls",schemaPath:"#/$defs/ServiceDocument/properties/spec/properties/calls/type",keyword:"type",params:{type: "array"},message:"must be array"};
(vErrors ??= []).push(err20);
errors++;
}
}
if(data3.profiles !== undefined){
let data16 = data3.profiles;
if(Array.isArray(data16)){
const len3 = data16.length;
for(let i3=0; i3<len3; i3++){
if(!(validate54(data16[i3], {instancePath:instancePath+"/spec/profiles/" + i3,parentData:data16,parentDataProperty:i3,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate54.errors : vErrors.concat(validate54.errors);
errors = vErrors.length;
}
}
}
else {
const err21 = {instancePath:instancePath+"/spec/profiles",schemaPath:"#/$defs/ServiceDocument/properties/spec/properties/profiles/type",keyword:"type",params:{type: "array"},message:"must be array"};
(vErrors ??= []).push(err21);
errors++;
}
}
if(data3.exposeTo !== undefined){
let data18 = data3.exposeTo;
if(Array.isArray(data18)){
const len4 = data18.length;
for(let i4=0; i4<len4; i4++){
if(!(validate54(data18[i4], {instancePath:instancePath+"/spec/exposeTo/" + i4,parentData:data18,parentDataProperty:i4,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate54.errors : vErrors.concat(validate54.errors);
errors = vErrors.length;
}
}
}
else {
const err22 = {instancePath:instancePath+"/spec/exposeTo",schemaPath:"#/$defs/ServiceDocument/properties/spec/properties/exposeTo/type",keyword:"type",params:{type: "array"},message:"must be array"};
(vErrors ??= []).push(err22);
errors++;
}
}
if(data3.mtls !== undefined){
let data20 = data3.mtls;
if(typeof data20 !== "string"){
const err23 = {instancePath:instancePath+"/spec/mtls",schemaPath:"#/$defs/ServiceDocument/properties/spec/properties/mtls/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err23);
errors++;
}
if(!(((data20 === "strict") || (data20 === "permissive")) || (data20 === "disabled"))){
const err24 = {instancePath:instancePath+"/spec/mtls",schemaPath:"#/$defs/ServiceDocument/properties/spec/properties/mtls/enum",keyword:"enum",params:{allowedValues: schema141.properties.spec.properties.mtls.enum},message:"must be equal to one of the allowed values"};
(vErrors ??= []).push(err24);
errors++;
}
}
if(data3.healthCheck !== undefined){
if(!(validate505(data3.healthCheck, {instancePath:instancePath+"/spec/healthCheck",parentData:data3,parentDataProperty:"healthCheck",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate505.errors : vErrors.concat(validate505.errors);
errors = vErrors.length;
}
}
if(data3.timeout !== undefined){
if(!(validate155(data3.timeout, {instancePath:instancePath+"/spec/timeout",parentData:data3,parentDataProperty:"timeout",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate155.errors : vErrors.concat(validate155.errors);
errors = vErrors.length;
}
}
if(data3.retries !== undefined){
if(!(validate190(data3.retries, {instancePath:instancePath+"/spec/retries",parentData:data3,parentDataProperty:"retries",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate190.errors : vErrors.concat(validate190.errors);
errors = vErrors.length;
}
}
if(data3.connections !== undefined){
if(!(validate198(data3.connections, {instancePath:instancePath+"/spec/connections",parentData:data3,parentDataProperty:"connections",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate198.errors : vErrors.concat(validate198.errors);
errors = vErrors.length;
}
}
if(data3.outlierDetection !== undefined){
if(!(validate202(data3.outlierDetection, {instancePath:instancePath+"/spec/outlierDetection",parentData:data3,parentDataProperty:"outlierDetection",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate202.errors : vErrors.concat(validate202.errors);
errors = vErrors.length;
}
}
if(data3.loadBalancing !== undefined){
if(!(validate209(data3.loadBalancing, {instancePath:instancePath+"/spec/loadBalancing",parentData:data3,parentDataProperty:"loadBalancing",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate209.errors : vErrors.concat(validate209.errors);
errors = vErrors.length;
}
}
if(data3.retryBudget !== undefined){
if(!(validate215(data3.retryBudget, {instancePath:instancePath+"/spec/retryBudget",parentData:data3,parentDataProperty:"retryBudget",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate215.errors : vErrors.concat(validate215.errors);
errors = vErrors.length;
}
}
if(data3.rateLimit !== undefined){
if(!(validate218(data3.rateLimit, {instancePath:instancePath+"/spec/rateLimit",parentData:data3,parentDataProperty:"rateLimit",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate218.errors : vErrors.concat(validate218.errors);
errors = vErrors.length;
}
}
if(data3.locality !== undefined){
if(!(validate221(data3.locality, {instancePath:instancePath+"/spec/locality",parentData:data3,parentDataProperty:"locality",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate221.errors : vErrors.concat(validate221.errors);
errors = vErrors.length;
}
}
if(data3.telemetry !== undefined){
if(!(validate292(data3.telemetry, {instancePath:instancePath+"/spec/telemetry",parentData:data3,parentDataProperty:"telemetry",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate292.errors : vErrors.concat(validate292.errors);
errors = vErrors.length;
}
}
}
else {
const err25 = {instancePath:instancePath+"/spec",schemaPath:"#/$defs/ServiceDocument/properties/spec/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err25);
errors++;
}
}
}
else {
const err26 = {instancePath,schemaPath:"#/$defs/ServiceDocument/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err26);
errors++;
}
validate468.errors = vErrors;
return errors === 0;
}
validate468.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const isSuite = validate520;
const schema149 = {"type":"object","required":["apiVersion","kind","spec"],"additionalProperties":false,"properties":{"apiVersion":{"type":"string","const":"mesh.test/v1"},"kind":{"type":"string","const":"Suite"},"metadata":{"type":"object","additionalProperties":false,"properties":{"name":{"$ref":"definition:/DnsLabel"}}},"spec":{"type":"object","required":["tests"],"additionalProperties":false,"properties":{"defaults":{"$ref":"definition:/TestRequest"},"tests":{"type":"array","minItems":1,"items":{"$ref":"definition:/Test"}}}}},"$id":"definition:/SuiteDocument"};
const schema150 = {"type":["string","object"],"additionalProperties":false,"properties":{"from":{"type":"string","minLength":1},"to":{"type":"string","minLength":1},"gateway":{"type":"string","minLength":1},"port":{"type":["string","integer"]},"method":{"type":"string","minLength":1},"path":{"type":"string","minLength":1},"query":{"type":"string"},"host":{"type":"string","minLength":1},"headers":{"type":"object","propertyNames":{"type":"string","minLength":1},"additionalProperties":{"type":["string","number","boolean","array"],"items":{"type":["string","number","boolean"]}}},"claims":{"type":["object","string"],"if":{"type":"string"},"then":{"enum":["invalid"]}},"sni":{"type":"string","minLength":1},"address":{"type":"string","minLength":1}},"maxLength":8192,"pattern":"^(?:[!#$%&'*+.^_`|~0-9A-Za-z-]+|(?:[!#$%&'*+.^_`|~0-9A-Za-z-]+ )?[/*]\\S*)$","$id":"definition:/TestRequest"};
const pattern81 = new RegExp("^(?:[!#$%&'*+.^_`|~0-9A-Za-z-]+|(?:[!#$%&'*+.^_`|~0-9A-Za-z-]+ )?[/*]\\S*)$", "u");

function validate522(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate522.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if((typeof data !== "string") && (!(data && typeof data == "object" && !Array.isArray(data)))){
const err0 = {instancePath,schemaPath:"#/$defs/TestRequest/type",keyword:"type",params:{type: schema150.type},message:"must be string,object"};
(vErrors ??= []).push(err0);
errors++;
}
if(typeof data === "string"){
if(func1(data) > 8192){
const err1 = {instancePath,schemaPath:"#/$defs/TestRequest/maxLength",keyword:"maxLength",params:{limit: 8192},message:"must NOT have more than 8192 characters"};
(vErrors ??= []).push(err1);
errors++;
}
if(!pattern81.test(data)){
const err2 = {instancePath,schemaPath:"#/$defs/TestRequest/pattern",keyword:"pattern",params:{pattern: "^(?:[!#$%&'*+.^_`|~0-9A-Za-z-]+|(?:[!#$%&'*+.^_`|~0-9A-Za-z-]+ )?[/*]\\S*)$"},message:"must match pattern \""+"^(?:[!#$%&'*+.^_`|~0-9A-Za-z-]+|(?:[!#$%&'*+.^_`|~0-9A-Za-z-]+ )?[/*]\\S*)$"+"\""};
(vErrors ??= []).push(err2);
errors++;
}
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(func40.call(schema150.properties, key0))){
const err3 = {instancePath,schemaPath:"#/$defs/TestRequest/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
(vErrors ??= []).push(err3);
errors++;
}
}
if(data.from !== undefined){
let data0 = data.from;
if(typeof data0 === "string"){
if(func1(data0) < 1){
const err4 = {instancePath:instancePath+"/from",schemaPath:"#/$defs/TestRequest/properties/from/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
(vErrors ??= []).push(err4);
errors++;
}
}
else {
const err5 = {instancePath:instancePath+"/from",schemaPath:"#/$defs/TestRequest/properties/from/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err5);
errors++;
}
}
if(data.to !== undefined){
let data1 = data.to;
if(typeof data1 === "string"){
if(func1(data1) < 1){
const err6 = {instancePath:instancePath+"/to",schemaPath:"#/$defs/TestRequest/properties/to/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
(vErrors ??= []).push(err6);
errors++;
}
}
else {
const err7 = {instancePath:instancePath+"/to",schemaPath:"#/$defs/TestRequest/properties/to/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err7);
errors++;
}
}
if(data.gateway !== undefined){
let data2 = data.gateway;
if(typeof data2 === "string"){
if(func1(data2) < 1){
const err8 = {instancePath:instancePath+"/gateway",schemaPath:"#/$defs/TestRequest/properties/gateway/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
(vErrors ??= []).push(err8);
errors++;
}
}
else {
const err9 = {instancePath:instancePath+"/gateway",schemaPath:"#/$defs/TestRequest/properties/gateway/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err9);
errors++;
}
}
if(data.port !== undefined){
let data3 = data.port;
if((typeof data3 !== "string") && (!(((typeof data3 == "number") && (!(data3 % 1) && !isNaN(data3))) && (isFinite(data3))))){
const err10 = {instancePath:instancePath+"/port",schemaPath:"#/$defs/TestRequest/properties/port/type",keyword:"type",params:{type: schema150.properties.port.type},message:"must be string,integer"};
(vErrors ??= []).push(err10);
errors++;
}
}
if(data.method !== undefined){
let data4 = data.method;
if(typeof data4 === "string"){
if(func1(data4) < 1){
const err11 = {instancePath:instancePath+"/method",schemaPath:"#/$defs/TestRequest/properties/method/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
(vErrors ??= []).push(err11);
errors++;
}
}
else {
const err12 = {instancePath:instancePath+"/method",schemaPath:"#/$defs/TestRequest/properties/method/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err12);
errors++;
}
}
if(data.path !== undefined){
let data5 = data.path;
if(typeof data5 === "string"){
if(func1(data5) < 1){
const err13 = {instancePath:instancePath+"/path",schemaPath:"#/$defs/TestRequest/properties/path/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
(vErrors ??= []).push(err13);
errors++;
}
}
else {
const err14 = {instancePath:instancePath+"/path",schemaPath:"#/$defs/TestRequest/properties/path/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err14);
errors++;
}
}
if(data.query !== undefined){
if(typeof data.query !== "string"){
const err15 = {instancePath:instancePath+"/query",schemaPath:"#/$defs/TestRequest/properties/query/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err15);
errors++;
}
}
if(data.host !== undefined){
let data7 = data.host;
if(typeof data7 === "string"){
if(func1(data7) < 1){
const err16 = {instancePath:instancePath+"/host",schemaPath:"#/$defs/TestRequest/properties/host/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
(vErrors ??= []).push(err16);
errors++;
}
}
else {
const err17 = {instancePath:instancePath+"/host",schemaPath:"#/$defs/TestRequest/properties/host/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err17);
errors++;
}
}
if(data.headers !== undefined){
let data8 = data.headers;
if(data8 && typeof data8 == "object" && !Array.isArray(data8)){
for(const key1 in data8){
const _errs20 = errors;
if(typeof key1 === "string"){
if(func1(key1) < 1){
const err18 = {instancePath:instancePath+"/headers",schemaPath:"#/$defs/TestRequest/properties/headers/propertyNames/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters",propertyName:key1};
(vErrors ??= []).push(err18);
errors++;
}
}
else {
const err19 = {instancePath:instancePath+"/headers",schemaPath:"#/$defs/TestRequest/properties/headers/propertyNames/type",keyword:"type",params:{type: "string"},message:"must be string",propertyName:key1};
(vErrors ??= []).push(err19);
errors++;
}
var valid1 = _errs20 === errors;
if(!valid1){
const err20 = {instancePath:instancePath+"/headers",schemaPath:"#/$defs/TestRequest/properties/headers/propertyNames",keyword:"propertyNames",params:{propertyName: key1},message:"property name must be valid"};
(vErrors ??= []).push(err20);
errors++;
}
}
for(const key2 in data8){
let data9 = data8[key2];
if((((typeof data9 !== "string") && (!((typeof data9 == "number") && (isFinite(data9))))) && (typeof data9 !== "boolean")) && (!(Array.isArray(data9)))){
const err21 = {instancePath:instancePath+"/headers/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/$defs/TestRequest/properties/headers/additionalProperties/type",keyword:"type",params:{type: schema150.properties.headers.additionalProperties.type},message:"must be string,number,boolean,array"};
(vErrors ??= []).push(err21);
errors++;
}
if(Array.isArray(data9)){
const len0 = data9.length;
for(let i0=0; i0<len0; i0++){
let data10 = data9[i0];
if(((typeof data10 !== "string") && (!((typeof data10 == "number") && (isFinite(data10))))) && (typeof data10 !== "boolean")){
const err22 = {instancePath:instancePath+"/headers/" + key2.replace(/~/g, "~0").replace(/\//g, "~1")+"/" + i0,schemaPath:"#/$defs/TestRequest/properties/headers/additionalProperties/items/type",keyword:"type",params:{type: schema150.properties.headers.additionalProperties.items.type},message:"must be string,number,boolean"};
(vErrors ??= []).push(err22);
errors++;
}
}
}
}
}
else {
const err23 = {instancePath:instancePath+"/headers",schemaPath:"#/$defs/TestRequest/properties/headers/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err23);
errors++;
}
}
if(data.claims !== undefined){
let data11 = data.claims;
if((!(data11 && typeof data11 == "object" && !Array.isArray(data11))) && (typeof data11 !== "string")){
const err24 = {instancePath:instancePath+"/claims",schemaPath:"#/$defs/TestRequest/properties/claims/type",keyword:"type",params:{type: schema150.properties.claims.type},message:"must be object,string"};
(vErrors ??= []).push(err24);
errors++;
}
const _errs29 = errors;
let valid5 = true;
const _errs30 = errors;
if(typeof data11 !== "string"){
const err25 = {};
(vErrors ??= []).push(err25);
errors++;
}
var _valid0 = _errs30 === errors;
errors = _errs29;
if(vErrors !== null){
if(_errs29){
vErrors.length = _errs29;
}
else {
vErrors = null;
}
}
if(_valid0){
const _errs32 = errors;
if(!(data11 === "invalid")){
const err26 = {instancePath:instancePath+"/claims",schemaPath:"#/$defs/TestRequest/properties/claims/then/enum",keyword:"enum",params:{allowedValues: schema150.properties.claims.then.enum},message:"must be equal to one of the allowed values"};
(vErrors ??= []).push(err26);
errors++;
}
var _valid0 = _errs32 === errors;
valid5 = _valid0;
}
if(!valid5){
const err27 = {instancePath:instancePath+"/claims",schemaPath:"#/$defs/TestRequest/properties/claims/if",keyword:"if",params:{failingKeyword: "then"},message:"must match \"then\" schema"};
(vErrors ??= []).push(err27);
errors++;
}
}
if(data.sni !== undefined){
let data12 = data.sni;
if(typeof data12 === "string"){
if(func1(data12) < 1){
const err28 = {instancePath:instancePath+"/sni",schemaPath:"#/$defs/TestRequest/properties/sni/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
(vErrors ??= []).push(err28);
errors++;
}
}
else {
const err29 = {instancePath:instancePath+"/sni",schemaPath:"#/$defs/TestRequest/properties/sni/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err29);
errors++;
}
}
if(data.address !== undefined){
let data13 = data.address;
if(typeof data13 === "string"){
if(func1(data13) < 1){
const err30 = {instancePath:instancePath+"/address",schemaPath:"#/$defs/TestRequest/properties/address/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
(vErrors ??= []).push(err30);
errors++;
}
}
else {
const err31 = {instancePath:instancePath+"/address",schemaPath:"#/$defs/TestRequest/properties/address/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err31);
errors++;
}
}
}
validate522.errors = vErrors;
return errors === 0;
}
validate522.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema151 = {"type":"object","additionalProperties":false,"properties":{"name":{"type":"string","minLength":1,"maxLength":200},"request":{"$ref":"definition:/TestRequest"},"expect":{"$ref":"definition:/ExpectedOutcome"},"columns":{"type":"array","minItems":1,"items":{"type":"string","minLength":1,"maxLength":200}},"rows":{"type":"array","minItems":1,"items":{"$ref":"definition:/TestRow"}}},"$id":"definition:/Test"};
const schema152 = {"type":["string","integer","object"],"minProperties":1,"additionalProperties":false,"properties":{"outcome":{"$ref":"definition:/OutcomeWord"},"status":{"type":"integer","minimum":0,"maximum":599},"location":{"type":"string"},"body":{"type":"string"},"backends":{"type":"object","minProperties":1,"propertyNames":{"type":"string","maxLength":200,"pattern":"^[^\\s]+$"},"additionalProperties":{"$ref":"definition:/Percentage"}},"refusedShare":{"$ref":"definition:/Percentage"},"port":{"type":["string","integer"]},"timeout":{"$ref":"definition:/Duration"},"tries":{"type":"integer","minimum":1},"perTryTimeout":{"$ref":"definition:/Duration"},"retryOn":{"type":"array","items":{"$ref":"definition:/RetryCondition"}},"mirrors":{"type":"object","minProperties":1,"propertyNames":{"type":"string","maxLength":200,"pattern":"^[^\\s]+$"},"additionalProperties":{"$ref":"definition:/Percentage"}},"rewritten":{"type":"object","minProperties":1,"additionalProperties":false,"properties":{"path":{"type":"string"},"host":{"type":"string"}}},"requestHeaders":{"$ref":"definition:/ExpectedHeaders"},"responseHeaders":{"$ref":"definition:/ExpectedHeaders"},"fault":{"type":"object","minProperties":1,"additionalProperties":false,"properties":{"delay":{"type":"object","minProperties":1,"additionalProperties":false,"properties":{"duration":{"$ref":"definition:/Duration"},"percent":{"$ref":"definition:/Percentage"}}},"abort":{"type":"object","minProperties":1,"additionalProperties":false,"properties":{"status":{"type":"integer","minimum":0,"maximum":599},"percent":{"$ref":"definition:/Percentage"}}}}},"rateLimited":{"type":"array","items":{"type":"object","minProperties":1,"additionalProperties":false,"properties":{"at":{"type":"string","enum":["rule","service"]},"requests":{"type":"integer","minimum":0},"per":{"$ref":"definition:/Duration"},"burst":{"type":"integer","minimum":0}}}},"decidedBy":{"type":["string","array"],"minItems":1,"minLength":1,"items":{"type":"string","minLength":1}}},"minimum":0,"maximum":599,"if":{"type":"string"},"then":{"enum":["forwarded","refused","responded","redirected","unroutable"]},"$id":"definition:/ExpectedOutcome"};
const schema153 = {"type":"string","enum":["forwarded","refused","responded","redirected","unroutable"],"$id":"definition:/OutcomeWord"};

function validate527(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate527.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(typeof data !== "string"){
const err0 = {instancePath,schemaPath:"#/$defs/OutcomeWord/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err0);
errors++;
}
if(!(((((data === "forwarded") || (data === "refused")) || (data === "responded")) || (data === "redirected")) || (data === "unroutable"))){
const err1 = {instancePath,schemaPath:"#/$defs/OutcomeWord/enum",keyword:"enum",params:{allowedValues: schema153.enum},message:"must be equal to one of the allowed values"};
(vErrors ??= []).push(err1);
errors++;
}
validate527.errors = vErrors;
return errors === 0;
}
validate527.evaluated = {"dynamicProps":false,"dynamicItems":false};

const schema154 = {"type":"object","minProperties":1,"additionalProperties":false,"properties":{"set":{"type":"object","minProperties":1,"propertyNames":{"$ref":"definition:/HeaderName"},"additionalProperties":{"type":"string"}},"add":{"type":"object","minProperties":1,"propertyNames":{"$ref":"definition:/HeaderName"},"additionalProperties":{"type":"string"}},"remove":{"type":"array","minItems":1,"items":{"$ref":"definition:/HeaderName"}}},"$id":"definition:/ExpectedHeaders"};

function validate535(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate535.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(Object.keys(data).length < 1){
const err0 = {instancePath,schemaPath:"#/$defs/ExpectedHeaders/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties"};
(vErrors ??= []).push(err0);
errors++;
}
for(const key0 in data){
if(!(((key0 === "set") || (key0 === "add")) || (key0 === "remove"))){
const err1 = {instancePath,schemaPath:"#/$defs/ExpectedHeaders/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
(vErrors ??= []).push(err1);
errors++;
}
}
if(data.set !== undefined){
let data0 = data.set;
if(data0 && typeof data0 == "object" && !Array.isArray(data0)){
if(Object.keys(data0).length < 1){
const err2 = {instancePath:instancePath+"/set",schemaPath:"#/$defs/ExpectedHeaders/properties/set/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties"};
(vErrors ??= []).push(err2);
errors++;
}
for(const key1 in data0){
const _errs4 = errors;
if(!(validate100(key1, {instancePath:instancePath+"/set",parentData:data0,parentDataProperty:"set",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate100.errors : vErrors.concat(validate100.errors);
errors = vErrors.length;
}
var valid1 = _errs4 === errors;
if(!valid1){
const err3 = {instancePath:instancePath+"/set",schemaPath:"#/$defs/ExpectedHeaders/properties/set/propertyNames",keyword:"propertyNames",params:{propertyName: key1},message:"property name must be valid"};
(vErrors ??= []).push(err3);
errors++;
}
}
for(const key2 in data0){
if(typeof data0[key2] !== "string"){
const err4 = {instancePath:instancePath+"/set/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/$defs/ExpectedHeaders/properties/set/additionalProperties/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err4);
errors++;
}
}
}
else {
const err5 = {instancePath:instancePath+"/set",schemaPath:"#/$defs/ExpectedHeaders/properties/set/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err5);
errors++;
}
}
if(data.add !== undefined){
let data2 = data.add;
if(data2 && typeof data2 == "object" && !Array.isArray(data2)){
if(Object.keys(data2).length < 1){
const err6 = {instancePath:instancePath+"/add",schemaPath:"#/$defs/ExpectedHeaders/properties/add/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties"};
(vErrors ??= []).push(err6);
errors++;
}
for(const key3 in data2){
const _errs10 = errors;
if(!(validate100(key3, {instancePath:instancePath+"/add",parentData:data2,parentDataProperty:"add",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate100.errors : vErrors.concat(validate100.errors);
errors = vErrors.length;
}
var valid3 = _errs10 === errors;
if(!valid3){
const err7 = {instancePath:instancePath+"/add",schemaPath:"#/$defs/ExpectedHeaders/properties/add/propertyNames",keyword:"propertyNames",params:{propertyName: key3},message:"property name must be valid"};
(vErrors ??= []).push(err7);
errors++;
}
}
for(const key4 in data2){
if(typeof data2[key4] !== "string"){
const err8 = {instancePath:instancePath+"/add/" + key4.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/$defs/ExpectedHeaders/properties/add/additionalProperties/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err8);
errors++;
}
}
}
else {
const err9 = {instancePath:instancePath+"/add",schemaPath:"#/$defs/ExpectedHeaders/properties/add/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err9);
errors++;
}
}
if(data.remove !== undefined){
let data4 = data.remove;
if(Array.isArray(data4)){
if(data4.length < 1){
const err10 = {instancePath:instancePath+"/remove",schemaPath:"#/$defs/ExpectedHeaders/properties/remove/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
(vErrors ??= []).push(err10);
errors++;
}
const len0 = data4.length;
for(let i0=0; i0<len0; i0++){
if(!(validate100(data4[i0], {instancePath:instancePath+"/remove/" + i0,parentData:data4,parentDataProperty:i0,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate100.errors : vErrors.concat(validate100.errors);
errors = vErrors.length;
}
}
}
else {
const err11 = {instancePath:instancePath+"/remove",schemaPath:"#/$defs/ExpectedHeaders/properties/remove/type",keyword:"type",params:{type: "array"},message:"must be array"};
(vErrors ??= []).push(err11);
errors++;
}
}
}
else {
const err12 = {instancePath,schemaPath:"#/$defs/ExpectedHeaders/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err12);
errors++;
}
validate535.errors = vErrors;
return errors === 0;
}
validate535.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const pattern82 = new RegExp("^[^\\s]+$", "u");

function validate526(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate526.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(((typeof data !== "string") && (!(((typeof data == "number") && (!(data % 1) && !isNaN(data))) && (isFinite(data))))) && (!(data && typeof data == "object" && !Array.isArray(data)))){
const err0 = {instancePath,schemaPath:"#/$defs/ExpectedOutcome/type",keyword:"type",params:{type: schema152.type},message:"must be string,integer,object"};
(vErrors ??= []).push(err0);
errors++;
}
const _errs1 = errors;
let valid0 = true;
const _errs2 = errors;
if(typeof data !== "string"){
const err1 = {};
(vErrors ??= []).push(err1);
errors++;
}
var _valid0 = _errs2 === errors;
errors = _errs1;
if(vErrors !== null){
if(_errs1){
vErrors.length = _errs1;
}
else {
vErrors = null;
}
}
if(_valid0){
const _errs4 = errors;
if(!(((((data === "forwarded") || (data === "refused")) || (data === "responded")) || (data === "redirected")) || (data === "unroutable"))){
const err2 = {instancePath,schemaPath:"#/$defs/ExpectedOutcome/then/enum",keyword:"enum",params:{allowedValues: schema152.then.enum},message:"must be equal to one of the allowed values"};
(vErrors ??= []).push(err2);
errors++;
}
var _valid0 = _errs4 === errors;
valid0 = _valid0;
}
if(!valid0){
const err3 = {instancePath,schemaPath:"#/$defs/ExpectedOutcome/if",keyword:"if",params:{failingKeyword: "then"},message:"must match \"then\" schema"};
(vErrors ??= []).push(err3);
errors++;
}
if((typeof data == "number") && (isFinite(data))){
if(data > 599 || isNaN(data)){
const err4 = {instancePath,schemaPath:"#/$defs/ExpectedOutcome/maximum",keyword:"maximum",params:{comparison: "<=", limit: 599},message:"must be <= 599"};
(vErrors ??= []).push(err4);
errors++;
}
if(data < 0 || isNaN(data)){
const err5 = {instancePath,schemaPath:"#/$defs/ExpectedOutcome/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"};
(vErrors ??= []).push(err5);
errors++;
}
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(Object.keys(data).length < 1){
const err6 = {instancePath,schemaPath:"#/$defs/ExpectedOutcome/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties"};
(vErrors ??= []).push(err6);
errors++;
}
for(const key0 in data){
if(!(func40.call(schema152.properties, key0))){
const err7 = {instancePath,schemaPath:"#/$defs/ExpectedOutcome/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
(vErrors ??= []).push(err7);
errors++;
}
}
if(data.outcome !== undefined){
if(!(validate527(data.outcome, {instancePath:instancePath+"/outcome",parentData:data,parentDataProperty:"outcome",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate527.errors : vErrors.concat(validate527.errors);
errors = vErrors.length;
}
}
if(data.status !== undefined){
let data1 = data.status;
if(!(((typeof data1 == "number") && (!(data1 % 1) && !isNaN(data1))) && (isFinite(data1)))){
const err8 = {instancePath:instancePath+"/status",schemaPath:"#/$defs/ExpectedOutcome/properties/status/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
(vErrors ??= []).push(err8);
errors++;
}
if((typeof data1 == "number") && (isFinite(data1))){
if(data1 > 599 || isNaN(data1)){
const err9 = {instancePath:instancePath+"/status",schemaPath:"#/$defs/ExpectedOutcome/properties/status/maximum",keyword:"maximum",params:{comparison: "<=", limit: 599},message:"must be <= 599"};
(vErrors ??= []).push(err9);
errors++;
}
if(data1 < 0 || isNaN(data1)){
const err10 = {instancePath:instancePath+"/status",schemaPath:"#/$defs/ExpectedOutcome/properties/status/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"};
(vErrors ??= []).push(err10);
errors++;
}
}
}
if(data.location !== undefined){
if(typeof data.location !== "string"){
const err11 = {instancePath:instancePath+"/location",schemaPath:"#/$defs/ExpectedOutcome/properties/location/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err11);
errors++;
}
}
if(data.body !== undefined){
if(typeof data.body !== "string"){
const err12 = {instancePath:instancePath+"/body",schemaPath:"#/$defs/ExpectedOutcome/properties/body/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err12);
errors++;
}
}
if(data.backends !== undefined){
let data4 = data.backends;
if(data4 && typeof data4 == "object" && !Array.isArray(data4)){
if(Object.keys(data4).length < 1){
const err13 = {instancePath:instancePath+"/backends",schemaPath:"#/$defs/ExpectedOutcome/properties/backends/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties"};
(vErrors ??= []).push(err13);
errors++;
}
for(const key1 in data4){
const _errs15 = errors;
if(typeof key1 === "string"){
if(func1(key1) > 200){
const err14 = {instancePath:instancePath+"/backends",schemaPath:"#/$defs/ExpectedOutcome/properties/backends/propertyNames/maxLength",keyword:"maxLength",params:{limit: 200},message:"must NOT have more than 200 characters",propertyName:key1};
(vErrors ??= []).push(err14);
errors++;
}
if(!pattern82.test(key1)){
const err15 = {instancePath:instancePath+"/backends",schemaPath:"#/$defs/ExpectedOutcome/properties/backends/propertyNames/pattern",keyword:"pattern",params:{pattern: "^[^\\s]+$"},message:"must match pattern \""+"^[^\\s]+$"+"\"",propertyName:key1};
(vErrors ??= []).push(err15);
errors++;
}
}
else {
const err16 = {instancePath:instancePath+"/backends",schemaPath:"#/$defs/ExpectedOutcome/properties/backends/propertyNames/type",keyword:"type",params:{type: "string"},message:"must be string",propertyName:key1};
(vErrors ??= []).push(err16);
errors++;
}
var valid2 = _errs15 === errors;
if(!valid2){
const err17 = {instancePath:instancePath+"/backends",schemaPath:"#/$defs/ExpectedOutcome/properties/backends/propertyNames",keyword:"propertyNames",params:{propertyName: key1},message:"property name must be valid"};
(vErrors ??= []).push(err17);
errors++;
}
}
for(const key2 in data4){
if(!(validate205(data4[key2], {instancePath:instancePath+"/backends/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data4,parentDataProperty:key2,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate205.errors : vErrors.concat(validate205.errors);
errors = vErrors.length;
}
}
}
else {
const err18 = {instancePath:instancePath+"/backends",schemaPath:"#/$defs/ExpectedOutcome/properties/backends/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err18);
errors++;
}
}
if(data.refusedShare !== undefined){
if(!(validate205(data.refusedShare, {instancePath:instancePath+"/refusedShare",parentData:data,parentDataProperty:"refusedShare",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate205.errors : vErrors.concat(validate205.errors);
errors = vErrors.length;
}
}
if(data.port !== undefined){
let data7 = data.port;
if((typeof data7 !== "string") && (!(((typeof data7 == "number") && (!(data7 % 1) && !isNaN(data7))) && (isFinite(data7))))){
const err19 = {instancePath:instancePath+"/port",schemaPath:"#/$defs/ExpectedOutcome/properties/port/type",keyword:"type",params:{type: schema152.properties.port.type},message:"must be string,integer"};
(vErrors ??= []).push(err19);
errors++;
}
}
if(data.timeout !== undefined){
if(!(validate155(data.timeout, {instancePath:instancePath+"/timeout",parentData:data,parentDataProperty:"timeout",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate155.errors : vErrors.concat(validate155.errors);
errors = vErrors.length;
}
}
if(data.tries !== undefined){
let data9 = data.tries;
if(!(((typeof data9 == "number") && (!(data9 % 1) && !isNaN(data9))) && (isFinite(data9)))){
const err20 = {instancePath:instancePath+"/tries",schemaPath:"#/$defs/ExpectedOutcome/properties/tries/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
(vErrors ??= []).push(err20);
errors++;
}
if((typeof data9 == "number") && (isFinite(data9))){
if(data9 < 1 || isNaN(data9)){
const err21 = {instancePath:instancePath+"/tries",schemaPath:"#/$defs/ExpectedOutcome/properties/tries/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"};
(vErrors ??= []).push(err21);
errors++;
}
}
}
if(data.perTryTimeout !== undefined){
if(!(validate155(data.perTryTimeout, {instancePath:instancePath+"/perTryTimeout",parentData:data,parentDataProperty:"perTryTimeout",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate155.errors : vErrors.concat(validate155.errors);
errors = vErrors.length;
}
}
if(data.retryOn !== undefined){
let data11 = data.retryOn;
if(Array.isArray(data11)){
const len0 = data11.length;
for(let i0=0; i0<len0; i0++){
if(!(validate192(data11[i0], {instancePath:instancePath+"/retryOn/" + i0,parentData:data11,parentDataProperty:i0,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate192.errors : vErrors.concat(validate192.errors);
errors = vErrors.length;
}
}
}
else {
const err22 = {instancePath:instancePath+"/retryOn",schemaPath:"#/$defs/ExpectedOutcome/properties/retryOn/type",keyword:"type",params:{type: "array"},message:"must be array"};
(vErrors ??= []).push(err22);
errors++;
}
}
if(data.mirrors !== undefined){
let data13 = data.mirrors;
if(data13 && typeof data13 == "object" && !Array.isArray(data13)){
if(Object.keys(data13).length < 1){
const err23 = {instancePath:instancePath+"/mirrors",schemaPath:"#/$defs/ExpectedOutcome/properties/mirrors/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties"};
(vErrors ??= []).push(err23);
errors++;
}
for(const key3 in data13){
const _errs31 = errors;
if(typeof key3 === "string"){
if(func1(key3) > 200){
const err24 = {instancePath:instancePath+"/mirrors",schemaPath:"#/$defs/ExpectedOutcome/properties/mirrors/propertyNames/maxLength",keyword:"maxLength",params:{limit: 200},message:"must NOT have more than 200 characters",propertyName:key3};
(vErrors ??= []).push(err24);
errors++;
}
if(!pattern82.test(key3)){
const err25 = {instancePath:instancePath+"/mirrors",schemaPath:"#/$defs/ExpectedOutcome/properties/mirrors/propertyNames/pattern",keyword:"pattern",params:{pattern: "^[^\\s]+$"},message:"must match pattern \""+"^[^\\s]+$"+"\"",propertyName:key3};
(vErrors ??= []).push(err25);
errors++;
}
}
else {
const err26 = {instancePath:instancePath+"/mirrors",schemaPath:"#/$defs/ExpectedOutcome/properties/mirrors/propertyNames/type",keyword:"type",params:{type: "string"},message:"must be string",propertyName:key3};
(vErrors ??= []).push(err26);
errors++;
}
var valid6 = _errs31 === errors;
if(!valid6){
const err27 = {instancePath:instancePath+"/mirrors",schemaPath:"#/$defs/ExpectedOutcome/properties/mirrors/propertyNames",keyword:"propertyNames",params:{propertyName: key3},message:"property name must be valid"};
(vErrors ??= []).push(err27);
errors++;
}
}
for(const key4 in data13){
if(!(validate205(data13[key4], {instancePath:instancePath+"/mirrors/" + key4.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data13,parentDataProperty:key4,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate205.errors : vErrors.concat(validate205.errors);
errors = vErrors.length;
}
}
}
else {
const err28 = {instancePath:instancePath+"/mirrors",schemaPath:"#/$defs/ExpectedOutcome/properties/mirrors/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err28);
errors++;
}
}
if(data.rewritten !== undefined){
let data15 = data.rewritten;
if(data15 && typeof data15 == "object" && !Array.isArray(data15)){
if(Object.keys(data15).length < 1){
const err29 = {instancePath:instancePath+"/rewritten",schemaPath:"#/$defs/ExpectedOutcome/properties/rewritten/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties"};
(vErrors ??= []).push(err29);
errors++;
}
for(const key5 in data15){
if(!((key5 === "path") || (key5 === "host"))){
const err30 = {instancePath:instancePath+"/rewritten",schemaPath:"#/$defs/ExpectedOutcome/properties/rewritten/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key5},message:"must NOT have additional properties"};
(vErrors ??= []).push(err30);
errors++;
}
}
if(data15.path !== undefined){
if(typeof data15.path !== "string"){
const err31 = {instancePath:instancePath+"/rewritten/path",schemaPath:"#/$defs/ExpectedOutcome/properties/rewritten/properties/path/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err31);
errors++;
}
}
if(data15.host !== undefined){
if(typeof data15.host !== "string"){
const err32 = {instancePath:instancePath+"/rewritten/host",schemaPath:"#/$defs/ExpectedOutcome/properties/rewritten/properties/host/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err32);
errors++;
}
}
}
else {
const err33 = {instancePath:instancePath+"/rewritten",schemaPath:"#/$defs/ExpectedOutcome/properties/rewritten/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err33);
errors++;
}
}
if(data.requestHeaders !== undefined){
if(!(validate535(data.requestHeaders, {instancePath:instancePath+"/requestHeaders",parentData:data,parentDataProperty:"requestHeaders",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate535.errors : vErrors.concat(validate535.errors);
errors = vErrors.length;
}
}
if(data.responseHeaders !== undefined){
if(!(validate535(data.responseHeaders, {instancePath:instancePath+"/responseHeaders",parentData:data,parentDataProperty:"responseHeaders",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate535.errors : vErrors.concat(validate535.errors);
errors = vErrors.length;
}
}
if(data.fault !== undefined){
let data20 = data.fault;
if(data20 && typeof data20 == "object" && !Array.isArray(data20)){
if(Object.keys(data20).length < 1){
const err34 = {instancePath:instancePath+"/fault",schemaPath:"#/$defs/ExpectedOutcome/properties/fault/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties"};
(vErrors ??= []).push(err34);
errors++;
}
for(const key6 in data20){
if(!((key6 === "delay") || (key6 === "abort"))){
const err35 = {instancePath:instancePath+"/fault",schemaPath:"#/$defs/ExpectedOutcome/properties/fault/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key6},message:"must NOT have additional properties"};
(vErrors ??= []).push(err35);
errors++;
}
}
if(data20.delay !== undefined){
let data21 = data20.delay;
if(data21 && typeof data21 == "object" && !Array.isArray(data21)){
if(Object.keys(data21).length < 1){
const err36 = {instancePath:instancePath+"/fault/delay",schemaPath:"#/$defs/ExpectedOutcome/properties/fault/properties/delay/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties"};
(vErrors ??= []).push(err36);
errors++;
}
for(const key7 in data21){
if(!((key7 === "duration") || (key7 === "percent"))){
const err37 = {instancePath:instancePath+"/fault/delay",schemaPath:"#/$defs/ExpectedOutcome/properties/fault/properties/delay/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key7},message:"must NOT have additional properties"};
(vErrors ??= []).push(err37);
errors++;
}
}
if(data21.duration !== undefined){
if(!(validate155(data21.duration, {instancePath:instancePath+"/fault/delay/duration",parentData:data21,parentDataProperty:"duration",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate155.errors : vErrors.concat(validate155.errors);
errors = vErrors.length;
}
}
if(data21.percent !== undefined){
if(!(validate205(data21.percent, {instancePath:instancePath+"/fault/delay/percent",parentData:data21,parentDataProperty:"percent",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate205.errors : vErrors.concat(validate205.errors);
errors = vErrors.length;
}
}
}
else {
const err38 = {instancePath:instancePath+"/fault/delay",schemaPath:"#/$defs/ExpectedOutcome/properties/fault/properties/delay/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err38);
errors++;
}
}
if(data20.abort !== undefined){
let data24 = data20.abort;
if(data24 && typeof data24 == "object" && !Array.isArray(data24)){
if(Object.keys(data24).length < 1){
const err39 = {instancePath:instancePath+"/fault/abort",schemaPath:"#/$defs/ExpectedOutcome/properties/fault/properties/abort/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties"};
(vErrors ??= []).push(err39);
errors++;
}
for(const key8 in data24){
if(!((key8 === "status") || (key8 === "percent"))){
const err40 = {instancePath:instancePath+"/fault/abort",schemaPath:"#/$defs/ExpectedOutcome/properties/fault/properties/abort/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key8},message:"must NOT have additional properties"};
(vErrors ??= []).push(err40);
errors++;
}
}
if(data24.status !== undefined){
let data25 = data24.status;
if(!(((typeof data25 == "number") && (!(data25 % 1) && !isNaN(data25))) && (isFinite(data25)))){
const err41 = {instancePath:instancePath+"/fault/abort/status",schemaPath:"#/$defs/ExpectedOutcome/properties/fault/properties/abort/properties/status/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
(vErrors ??= []).push(err41);
errors++;
}
if((typeof data25 == "number") && (isFinite(data25))){
if(data25 > 599 || isNaN(data25)){
const err42 = {instancePath:instancePath+"/fault/abort/status",schemaPath:"#/$defs/ExpectedOutcome/properties/fault/properties/abort/properties/status/maximum",keyword:"maximum",params:{comparison: "<=", limit: 599},message:"must be <= 599"};
(vErrors ??= []).push(err42);
errors++;
}
if(data25 < 0 || isNaN(data25)){
const err43 = {instancePath:instancePath+"/fault/abort/status",schemaPath:"#/$defs/ExpectedOutcome/properties/fault/properties/abort/properties/status/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"};
(vErrors ??= []).push(err43);
errors++;
}
}
}
if(data24.percent !== undefined){
if(!(validate205(data24.percent, {instancePath:instancePath+"/fault/abort/percent",parentData:data24,parentDataProperty:"percent",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate205.errors : vErrors.concat(validate205.errors);
errors = vErrors.length;
}
}
}
else {
const err44 = {instancePath:instancePath+"/fault/abort",schemaPath:"#/$defs/ExpectedOutcome/properties/fault/properties/abort/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err44);
errors++;
}
}
}
else {
const err45 = {instancePath:instancePath+"/fault",schemaPath:"#/$defs/ExpectedOutcome/properties/fault/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err45);
errors++;
}
}
if(data.rateLimited !== undefined){
let data27 = data.rateLimited;
if(Array.isArray(data27)){
const len1 = data27.length;
for(let i1=0; i1<len1; i1++){
let data28 = data27[i1];
if(data28 && typeof data28 == "object" && !Array.isArray(data28)){
if(Object.keys(data28).length < 1){
const err46 = {instancePath:instancePath+"/rateLimited/" + i1,schemaPath:"#/$defs/ExpectedOutcome/properties/rateLimited/items/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties"};
(vErrors ??= []).push(err46);
errors++;
}
for(const key9 in data28){
if(!((((key9 === "at") || (key9 === "requests")) || (key9 === "per")) || (key9 === "burst"))){
const err47 = {instancePath:instancePath+"/rateLimited/" + i1,schemaPath:"#/$defs/ExpectedOutcome/properties/rateLimited/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key9},message:"must NOT have additional properties"};
(vErrors ??= []).push(err47);
errors++;
}
}
if(data28.at !== undefined){
let data29 = data28.at;
if(typeof data29 !== "string"){
const err48 = {instancePath:instancePath+"/rateLimited/" + i1+"/at",schemaPath:"#/$defs/ExpectedOutcome/properties/rateLimited/items/properties/at/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err48);
errors++;
}
if(!((data29 === "rule") || (data29 === "service"))){
const err49 = {instancePath:instancePath+"/rateLimited/" + i1+"/at",schemaPath:"#/$defs/ExpectedOutcome/properties/rateLimited/items/properties/at/enum",keyword:"enum",params:{allowedValues: schema152.properties.rateLimited.items.properties.at.enum},message:"must be equal to one of the allowed values"};
(vErrors ??= []).push(err49);
errors++;
}
}
if(data28.requests !== undefined){
let data30 = data28.requests;
if(!(((typeof data30 == "number") && (!(data30 % 1) && !isNaN(data30))) && (isFinite(data30)))){
const err50 = {instancePath:instancePath+"/rateLimited/" + i1+"/requests",schemaPath:"#/$defs/ExpectedOutcome/properties/rateLimited/items/properties/requests/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
(vErrors ??= []).push(err50);
errors++;
}
if((typeof data30 == "number") && (isFinite(data30))){
if(data30 < 0 || isNaN(data30)){
const err51 = {instancePath:instancePath+"/rateLimited/" + i1+"/requests",schemaPath:"#/$defs/ExpectedOutcome/properties/rateLimited/items/properties/requests/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"};
(vErrors ??= []).push(err51);
errors++;
}
}
}
if(data28.per !== undefined){
if(!(validate155(data28.per, {instancePath:instancePath+"/rateLimited/" + i1+"/per",parentData:data28,parentDataProperty:"per",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate155.errors : vErrors.concat(validate155.errors);
errors = vErrors.length;
}
}
if(data28.burst !== undefined){
let data32 = data28.burst;
if(!(((typeof data32 == "number") && (!(data32 % 1) && !isNaN(data32))) && (isFinite(data32)))){
const err52 = {instancePath:instancePath+"/rateLimited/" + i1+"/burst",schemaPath:"#/$defs/ExpectedOutcome/properties/rateLimited/items/properties/burst/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
(vErrors ??= []).push(err52);
errors++;
}
if((typeof data32 == "number") && (isFinite(data32))){
if(data32 < 0 || isNaN(data32)){
const err53 = {instancePath:instancePath+"/rateLimited/" + i1+"/burst",schemaPath:"#/$defs/ExpectedOutcome/properties/rateLimited/items/properties/burst/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0"};
(vErrors ??= []).push(err53);
errors++;
}
}
}
}
else {
const err54 = {instancePath:instancePath+"/rateLimited/" + i1,schemaPath:"#/$defs/ExpectedOutcome/properties/rateLimited/items/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err54);
errors++;
}
}
}
else {
const err55 = {instancePath:instancePath+"/rateLimited",schemaPath:"#/$defs/ExpectedOutcome/properties/rateLimited/type",keyword:"type",params:{type: "array"},message:"must be array"};
(vErrors ??= []).push(err55);
errors++;
}
}
if(data.decidedBy !== undefined){
let data33 = data.decidedBy;
if((typeof data33 !== "string") && (!(Array.isArray(data33)))){
const err56 = {instancePath:instancePath+"/decidedBy",schemaPath:"#/$defs/ExpectedOutcome/properties/decidedBy/type",keyword:"type",params:{type: schema152.properties.decidedBy.type},message:"must be string,array"};
(vErrors ??= []).push(err56);
errors++;
}
if(typeof data33 === "string"){
if(func1(data33) < 1){
const err57 = {instancePath:instancePath+"/decidedBy",schemaPath:"#/$defs/ExpectedOutcome/properties/decidedBy/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
(vErrors ??= []).push(err57);
errors++;
}
}
if(Array.isArray(data33)){
if(data33.length < 1){
const err58 = {instancePath:instancePath+"/decidedBy",schemaPath:"#/$defs/ExpectedOutcome/properties/decidedBy/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
(vErrors ??= []).push(err58);
errors++;
}
const len2 = data33.length;
for(let i2=0; i2<len2; i2++){
let data34 = data33[i2];
if(typeof data34 === "string"){
if(func1(data34) < 1){
const err59 = {instancePath:instancePath+"/decidedBy/" + i2,schemaPath:"#/$defs/ExpectedOutcome/properties/decidedBy/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
(vErrors ??= []).push(err59);
errors++;
}
}
else {
const err60 = {instancePath:instancePath+"/decidedBy/" + i2,schemaPath:"#/$defs/ExpectedOutcome/properties/decidedBy/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err60);
errors++;
}
}
}
}
}
validate526.errors = vErrors;
return errors === 0;
}
validate526.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema155 = {"type":"array","minItems":1,"items":{"type":["string","number","boolean","null","array","object"]},"$id":"definition:/TestRow"};

function validate546(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate546.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(Array.isArray(data)){
if(data.length < 1){
const err0 = {instancePath,schemaPath:"#/$defs/TestRow/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
(vErrors ??= []).push(err0);
errors++;
}
const len0 = data.length;
for(let i0=0; i0<len0; i0++){
let data0 = data[i0];
if((((typeof data0 != "object") && (typeof data0 !== "string")) && (!((typeof data0 == "number") && (isFinite(data0))))) && (typeof data0 !== "boolean")){
const err1 = {instancePath:instancePath+"/" + i0,schemaPath:"#/$defs/TestRow/items/type",keyword:"type",params:{type: schema155.items.type},message:"must be string,number,boolean,null,array,object"};
(vErrors ??= []).push(err1);
errors++;
}
}
}
else {
const err2 = {instancePath,schemaPath:"#/$defs/TestRow/type",keyword:"type",params:{type: "array"},message:"must be array"};
(vErrors ??= []).push(err2);
errors++;
}
validate546.errors = vErrors;
return errors === 0;
}
validate546.evaluated = {"items":true,"dynamicProps":false,"dynamicItems":false};


function validate524(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate524.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(((((key0 === "name") || (key0 === "request")) || (key0 === "expect")) || (key0 === "columns")) || (key0 === "rows"))){
const err0 = {instancePath,schemaPath:"#/$defs/Test/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
(vErrors ??= []).push(err0);
errors++;
}
}
if(data.name !== undefined){
let data0 = data.name;
if(typeof data0 === "string"){
if(func1(data0) > 200){
const err1 = {instancePath:instancePath+"/name",schemaPath:"#/$defs/Test/properties/name/maxLength",keyword:"maxLength",params:{limit: 200},message:"must NOT have more than 200 characters"};
(vErrors ??= []).push(err1);
errors++;
}
if(func1(data0) < 1){
const err2 = {instancePath:instancePath+"/name",schemaPath:"#/$defs/Test/properties/name/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
(vErrors ??= []).push(err2);
errors++;
}
}
else {
const err3 = {instancePath:instancePath+"/name",schemaPath:"#/$defs/Test/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err3);
errors++;
}
}
if(data.request !== undefined){
if(!(validate522(data.request, {instancePath:instancePath+"/request",parentData:data,parentDataProperty:"request",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate522.errors : vErrors.concat(validate522.errors);
errors = vErrors.length;
}
}
if(data.expect !== undefined){
if(!(validate526(data.expect, {instancePath:instancePath+"/expect",parentData:data,parentDataProperty:"expect",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate526.errors : vErrors.concat(validate526.errors);
errors = vErrors.length;
}
}
if(data.columns !== undefined){
let data3 = data.columns;
if(Array.isArray(data3)){
if(data3.length < 1){
const err4 = {instancePath:instancePath+"/columns",schemaPath:"#/$defs/Test/properties/columns/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
(vErrors ??= []).push(err4);
errors++;
}
const len0 = data3.length;
for(let i0=0; i0<len0; i0++){
let data4 = data3[i0];
if(typeof data4 === "string"){
if(func1(data4) > 200){
const err5 = {instancePath:instancePath+"/columns/" + i0,schemaPath:"#/$defs/Test/properties/columns/items/maxLength",keyword:"maxLength",params:{limit: 200},message:"must NOT have more than 200 characters"};
(vErrors ??= []).push(err5);
errors++;
}
if(func1(data4) < 1){
const err6 = {instancePath:instancePath+"/columns/" + i0,schemaPath:"#/$defs/Test/properties/columns/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
(vErrors ??= []).push(err6);
errors++;
}
}
else {
const err7 = {instancePath:instancePath+"/columns/" + i0,schemaPath:"#/$defs/Test/properties/columns/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err7);
errors++;
}
}
}
else {
const err8 = {instancePath:instancePath+"/columns",schemaPath:"#/$defs/Test/properties/columns/type",keyword:"type",params:{type: "array"},message:"must be array"};
(vErrors ??= []).push(err8);
errors++;
}
}
if(data.rows !== undefined){
let data5 = data.rows;
if(Array.isArray(data5)){
if(data5.length < 1){
const err9 = {instancePath:instancePath+"/rows",schemaPath:"#/$defs/Test/properties/rows/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
(vErrors ??= []).push(err9);
errors++;
}
const len1 = data5.length;
for(let i1=0; i1<len1; i1++){
if(!(validate546(data5[i1], {instancePath:instancePath+"/rows/" + i1,parentData:data5,parentDataProperty:i1,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate546.errors : vErrors.concat(validate546.errors);
errors = vErrors.length;
}
}
}
else {
const err10 = {instancePath:instancePath+"/rows",schemaPath:"#/$defs/Test/properties/rows/type",keyword:"type",params:{type: "array"},message:"must be array"};
(vErrors ??= []).push(err10);
errors++;
}
}
}
else {
const err11 = {instancePath,schemaPath:"#/$defs/Test/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err11);
errors++;
}
validate524.errors = vErrors;
return errors === 0;
}
validate524.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};


function validate520(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate520.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.apiVersion === undefined){
const err0 = {instancePath,schemaPath:"#/$defs/SuiteDocument/required",keyword:"required",params:{missingProperty: "apiVersion"},message:"must have required property '"+"apiVersion"+"'"};
(vErrors ??= []).push(err0);
errors++;
}
if(data.kind === undefined){
const err1 = {instancePath,schemaPath:"#/$defs/SuiteDocument/required",keyword:"required",params:{missingProperty: "kind"},message:"must have required property '"+"kind"+"'"};
(vErrors ??= []).push(err1);
errors++;
}
if(data.spec === undefined){
const err2 = {instancePath,schemaPath:"#/$defs/SuiteDocument/required",keyword:"required",params:{missingProperty: "spec"},message:"must have required property '"+"spec"+"'"};
(vErrors ??= []).push(err2);
errors++;
}
for(const key0 in data){
if(!((((key0 === "apiVersion") || (key0 === "kind")) || (key0 === "metadata")) || (key0 === "spec"))){
const err3 = {instancePath,schemaPath:"#/$defs/SuiteDocument/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
(vErrors ??= []).push(err3);
errors++;
}
}
if(data.apiVersion !== undefined){
let data0 = data.apiVersion;
if(typeof data0 !== "string"){
const err4 = {instancePath:instancePath+"/apiVersion",schemaPath:"#/$defs/SuiteDocument/properties/apiVersion/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err4);
errors++;
}
if("mesh.test/v1" !== data0){
const err5 = {instancePath:instancePath+"/apiVersion",schemaPath:"#/$defs/SuiteDocument/properties/apiVersion/const",keyword:"const",params:{allowedValue: "mesh.test/v1"},message:"must be equal to constant"};
(vErrors ??= []).push(err5);
errors++;
}
}
if(data.kind !== undefined){
let data1 = data.kind;
if(typeof data1 !== "string"){
const err6 = {instancePath:instancePath+"/kind",schemaPath:"#/$defs/SuiteDocument/properties/kind/type",keyword:"type",params:{type: "string"},message:"must be string"};
(vErrors ??= []).push(err6);
errors++;
}
if("Suite" !== data1){
const err7 = {instancePath:instancePath+"/kind",schemaPath:"#/$defs/SuiteDocument/properties/kind/const",keyword:"const",params:{allowedValue: "Suite"},message:"must be equal to constant"};
(vErrors ??= []).push(err7);
errors++;
}
}
if(data.metadata !== undefined){
let data2 = data.metadata;
if(data2 && typeof data2 == "object" && !Array.isArray(data2)){
for(const key1 in data2){
if(!(key1 === "name")){
const err8 = {instancePath:instancePath+"/metadata",schemaPath:"#/$defs/SuiteDocument/properties/metadata/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties"};
(vErrors ??= []).push(err8);
errors++;
}
}
if(data2.name !== undefined){
if(!(validate54(data2.name, {instancePath:instancePath+"/metadata/name",parentData:data2,parentDataProperty:"name",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate54.errors : vErrors.concat(validate54.errors);
errors = vErrors.length;
}
}
}
else {
const err9 = {instancePath:instancePath+"/metadata",schemaPath:"#/$defs/SuiteDocument/properties/metadata/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err9);
errors++;
}
}
if(data.spec !== undefined){
let data4 = data.spec;
if(data4 && typeof data4 == "object" && !Array.isArray(data4)){
if(data4.tests === undefined){
const err10 = {instancePath:instancePath+"/spec",schemaPath:"#/$defs/SuiteDocument/properties/spec/required",keyword:"required",params:{missingProperty: "tests"},message:"must have required property '"+"tests"+"'"};
(vErrors ??= []).push(err10);
errors++;
}
for(const key2 in data4){
if(!((key2 === "defaults") || (key2 === "tests"))){
const err11 = {instancePath:instancePath+"/spec",schemaPath:"#/$defs/SuiteDocument/properties/spec/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key2},message:"must NOT have additional properties"};
(vErrors ??= []).push(err11);
errors++;
}
}
if(data4.defaults !== undefined){
if(!(validate522(data4.defaults, {instancePath:instancePath+"/spec/defaults",parentData:data4,parentDataProperty:"defaults",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate522.errors : vErrors.concat(validate522.errors);
errors = vErrors.length;
}
}
if(data4.tests !== undefined){
let data6 = data4.tests;
if(Array.isArray(data6)){
if(data6.length < 1){
const err12 = {instancePath:instancePath+"/spec/tests",schemaPath:"#/$defs/SuiteDocument/properties/spec/properties/tests/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
(vErrors ??= []).push(err12);
errors++;
}
const len0 = data6.length;
for(let i0=0; i0<len0; i0++){
if(!(validate524(data6[i0], {instancePath:instancePath+"/spec/tests/" + i0,parentData:data6,parentDataProperty:i0,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate524.errors : vErrors.concat(validate524.errors);
errors = vErrors.length;
}
}
}
else {
const err13 = {instancePath:instancePath+"/spec/tests",schemaPath:"#/$defs/SuiteDocument/properties/spec/properties/tests/type",keyword:"type",params:{type: "array"},message:"must be array"};
(vErrors ??= []).push(err13);
errors++;
}
}
}
else {
const err14 = {instancePath:instancePath+"/spec",schemaPath:"#/$defs/SuiteDocument/properties/spec/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err14);
errors++;
}
}
}
else {
const err15 = {instancePath,schemaPath:"#/$defs/SuiteDocument/type",keyword:"type",params:{type: "object"},message:"must be object"};
(vErrors ??= []).push(err15);
errors++;
}
validate520.errors = vErrors;
return errors === 0;
}
validate520.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

/** The validator of each kind. */
export const validators: Readonly<Record<'Access' | 'Authentication' | 'External' | 'Gateway' | 'Guardrail' | 'Mesh' | 'Profile' | 'Rollout' | 'Route' | 'Service', Validator>> = {
  Access: isAccess,
  Authentication: isAuthentication,
  External: isExternal,
  Gateway: isGateway,
  Guardrail: isGuardrail,
  Mesh: isMesh,
  Profile: isProfile,
  Rollout: isRollout,
  Route: isRoute,
  Service: isService,
};

/** The validator of each kind of the language of tests. */
export const suiteValidators: Readonly<Record<'Suite', Validator>> = {
  Suite: isSuite,
};
