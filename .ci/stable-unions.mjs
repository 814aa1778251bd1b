// A plugin of typedoc. The compiler numbers types as it comes across them, and gives the members of a union in that order,
// which a change of another file may turn round. So they are sorted here; a type alias has them as its source has.
import { Converter, makeRecursiveVisitor, ReflectionKind } from 'typedoc';

export function load({ converter }) {
  converter.on(Converter.EVENT_RESOLVE_END, ({ project }) => {
    for (const reflection of Object.values(project.reflections)) {
      const declared = reflection.kindOf(ReflectionKind.TypeAlias) ? reflection.type : undefined;
      const union = (type) => {
        if (type !== declared)
          type.types.sort((one, other) => rank(one) - rank(other) || compare(`${one}`, `${other}`));
      };
      reflection.type?.visit(makeRecursiveVisitor({ union }));
    }
  });
}

/** As typedoc has it: null and undefined stand last. */
function rank(type) {
  return ['null', 'undefined'].indexOf(`${type}`);
}

function compare(one, other) {
  return one < other ? -1 : Number(one > other);
}
