import { defineMessages } from '../diagnostics/message.ts';

/** Messages of imports; all places are in the native configuration. */
export const messages = defineMessages({
  MESH7000: {
    severity: 'error',
    text: '{field} of {object} is not accounted for: this reader does not know the field',
    explanation:
      'Every field of a native object is carried into the spec, lost with a message, or said to be without effect. The reader of this platform knows none of these for the field: it is new, misspelt, or belongs to another version. The field is not in the written documents. Look up what it does, add that to the documents by hand, and remove the field from the copy that you import.',
  },
  MESH1063: {
    severity: 'error',
    text: 'the file is a template that is not filled in, with {braces}: its objects are not read',
    explanation:
      'An import reads objects as a cluster gets them. A policy that is left out would make access wider, so a template of one is an error. Fill the templates in, such as by `helm template CHART > rendered.yaml` or `kustomize build DIR > rendered.yaml`, and import the result in place of the folder with the templates.',
  },
  MESH1064: {
    severity: 'info',
    text: 'the file is a template that is not filled in, with {braces}: its Kubernetes objects are not read',
    explanation:
      "The file holds objects of Kubernetes' own kinds alone, which guard no request. Services that only a template declares are missing in the mesh; `helm template CHART > rendered.yaml` fills the templates in for an import.",
  },
  MESH7001: {
    severity: 'info',
    text: '{objects}, which the import does not read: {reason}',
    explanation:
      'An import reads the kinds of one platform, and of Kubernetes the objects that say which services exist. Other kinds stay as they are: the mesh does not manage them. If they belong to another mesh, import them with that mesh as `--from`.',
  },
  MESH7002: {
    severity: 'error',
    text: '{field} of {object} should be {expected}',
    explanation:
      'The value has a type that the API of the platform refuses, so the running mesh does not have this value either. The field was left out. Correct the file, or export the object from the cluster, where the API server has checked it.',
  },
  MESH7003: {
    severity: 'error',
    text: '{field} of {object} is lost, and the spec admits more calls: {callers}{witness}',
    explanation:
      'The language cannot say this restriction, and leaving it out lets calls through that the native configuration refuses. Write a narrower Access by hand, or keep the restriction outside the mesh, before you apply the spec.',
  },
  MESH7004: {
    severity: 'warning',
    text: '{field} of {object} became narrower: {callers}{witness}',
    explanation:
      'The language cannot say this exactly. The written documents refuse calls that the native configuration lets through: the import never chooses the more open of two meanings. Check whether somebody makes such calls.',
  },
  MESH7005: {
    severity: 'warning',
    text: '{field} of {object} is lost: {callers}{witness}',
    explanation:
      'The language cannot say this, so the written documents have nothing of it. Access is the same; callers notice the difference that the message names.',
  },
  MESH7006: {
    severity: 'info',
    text: '{field} of {object} is said in another way: {callers}{witness}',
    explanation:
      'The language has no word for exactly this field. The written documents say the nearest meaning, and the message names the difference.',
  },
  MESH7007: {
    severity: 'warning',
    text: 'the service {service} is not among the input: its ports and labels are guesses',
    explanation:
      'The native configuration refers to a service by its host, and no Service object of that name was read. The import wrote a Service with the ports that the configuration names, or port 80, and with the usual label. Import the manifests of the services, too, or correct the document.',
  },
  MESH7008: {
    severity: 'error',
    text: '{object} cannot be in the spec: {reason}',
    explanation:
      'The mesh language has no form for this object, so that nothing of it was written. The reason says what stands in the way, mostly a name that is no DNS label.',
  },
  MESH7009: {
    severity: 'error',
    text: '{object} is there twice: the one in {first} was read',
    explanation:
      'Two documents have the same kind, namespace and name. A cluster has one of them; the import took the first. Remove the other one, or import the folders one by one.',
  },
  MESH7010: {
    severity: 'warning',
    text: 'no object says who may call the ports of {namespace} that have no policy: they are open in the spec, as in an installation that says nothing else',
    explanation:
      'A mesh that lets everybody in unless told otherwise decides calls to a port without a policy by an annotation of the pods or of their namespace, and without one by a setting of its installation, which no object of the input has. The import takes the default of that setting: everybody may call. If the installation says something else, put it as the annotation on the Namespaces of the input and import again (docs/import.md names the annotation), or write an Access.',
  },
  MESH7011: {
    severity: 'error',
    text: 'this and the object in {first} both say where calls to {service} go: the spec has the rules of this one alone',
    explanation:
      'A service has one Route in the spec, and two objects of the input became one of the same name. A mesh that takes both merges them, or refuses the later one, by an order that their files do not say. Write both sets of rules into one object, or import the folder without the object that the mesh ignores.',
  },
  MESH7025: {
    severity: 'warning',
    text: 'the port {port} of {object} asks for a certificate of {authority} and names no caller: whoever has one gets in, {calls}, and in the spec, too',
    explanation:
      'The listener checks that a caller has a certificate of this authority, and not whose certificate it is. A list of what a caller may call binds the proxy of this caller, and nobody who has a certificate and no such list. The import says what the listener does. If only some callers should get in, name them in an Access of the written mesh, or in the listener before you import it.',
  },
  MESH7030: {
    severity: 'warning',
    text: 'nothing among the input says {subject}: {assumption}; {way}',
    explanation:
      'The objects that were read mean one thing or another, depending on a setting of the mesh that is not among them. The import assumes the answer that lets fewer calls through. If the mesh is set up in the other way, calls that get through today are refused by the spec: import the object with the setting, or change the named field.',
  },
});
