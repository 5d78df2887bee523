// What is wrong with coordinates and shapes, in Chinese. Positions are counted from 0, as the server counts them.

import type { Entry } from './match.ts';

/** Sentences about a position or a shape. */
export const shapeSentences: readonly Entry[] = [
  // missing, or of another type
  ['is missing; {what:what} needs {needs:needed}', '缺失；{what}须有{needs}'],
  ['is a {shape:shape}; {what:what} is a Point', '是{shape}；{what}须为点（Point）'],
  ['is a {shape:shape}; {what:what} is a LineString', '是{shape}；{what}须为线（LineString）'],
  ['is a {shape:shape}; {what:what} is a Polygon or a MultiPolygon', '是{shape}；{what}须为面（Polygon 或 MultiPolygon）'],
  ['has {count:number} lines that lie apart; {what:what} is one line, make each a row', '有 {count} 条不相连的线；{what}只能是一条线，请每条单独一行'],
  ['an area has at least one polygon', '区域至少有一个面'],
  ['a road is a line of at least two positions', '道路是至少两个点的线'],
  // numbers
  ['is empty while the other is there; both are needed', '没有填，而另一个坐标已填；两个都要填'],
  ['{value:quoted} is not a number; it must be one, such as 117.6523', '{value} 不是数；须为数，如 117.6523'],
  ['position {position:number} is {x:number}, {y:number}; both must be finite numbers', '第 {position} 个点为 {x}, {y}；两个都须为有限的数'],
  ['is an empty {shape:shape}; it must have positions', '是空的{shape}；须有点'],
  ['has {count:number} positions; at most {most:number} are taken', '有 {count} 个点；最多 {most} 个'],
  ['[{x:number}, {y:number}] is no position in {crs:system}: {why:sentence}', '[{x}, {y}] 不是 {crs} 的坐标：{why}'],
  ['coordinates must be numbers', '坐标须为数'],
  ['its numbers are degrees', '它的数是度'],
  ['it is outside what the projection shows', '在投影范围之外'],
  [
    'coordinate [{x:number}, {y:number}] is not finite; longitude and latitude must be numbers',
    '坐标 [{x}, {y}] 不是有限的数；经度和纬度须为数',
  ],
  ['longitude {lon:number} is outside -180..=180', '经度 {lon} 超出 -180 到 180'],
  ['latitude {lat:number} is outside -90..=90{swapped:swapped}', '纬度 {lat} 超出 -90 到 90{swapped}'],
  ["latitude {lat:number} is outside the map's -85.0511..=85.0511", '纬度 {lat} 超出地图范围 -85.0511 到 85.0511'],
  // the gate
  ['{at:where} is empty; it needs at least one {needs:piece}', '{at}是空的；至少须有一个{needs}'],
  [
    '{at:where} has {count:number} numbers; a position is [longitude, latitude], or with a height as third',
    '{at}有 {count} 个数；一个点为 [经度, 纬度]，可带高程作第三个数',
  ],
  ['the shape has {count:number} positions; at most {most:number} are taken', '图形有 {count} 个点；最多 {most} 个'],
  ['{at:where} has {count:number} positions; it needs at least {needs:number}', '{at}有 {count} 个点；至少须有 {needs} 个'],
  [
    '{at:where} is not closed: it starts at [{x:number}, {y:number}] and ends at [{x2:number}, {y2:number}]; the last position must repeat the first',
    '{at}没有闭合：起点 [{x}, {y}]，终点 [{x2}, {y2}]；最后一点须与第一点相同',
  ],
  [
    'the step from longitude {from:number} to {to:number} ({at:where}) crosses the antimeridian or spans half the globe; split the shape at longitude 180 (RFC 7946, 3.1.9)',
    '从经度 {from} 到 {to}（{at}）越过 180 度经线或跨半个地球；请在经度 180 处分开图形（RFC 7946, 3.1.9）',
  ],
  [
    '{at:where} has no {extent:extent}; all its positions are one, or on one line, once rounded to 9 mm',
    '{at}没有{extent}；按 9 毫米取整后，所有点都在一处或一条直线上',
  ],
  [
    'the edges from {first:where} and from {second:where} cross near {near}; rings must not cross themselves or one another',
    '从{first}和从{second}起的两条边在 {near} 附近相交；环不能与自身相交，也不能互相相交',
  ],
  [
    'the edges at {first:where} and at {second:where} run along each other near {near}; no two edges of a shape may share more than a position',
    '{first}和{second}处的两条边在 {near} 附近重合；同一图形的两条边最多共用一个点',
  ],
  [
    'the ring touches itself at {near} ({first:where} and {second:where}); a ring passes a position once, a hole is a ring of its own',
    '环在 {near} 与自身相接（{first}和{second}）；环经过每个点只能一次，洞须单独成环',
  ],
  [
    '{first:where} and {second:where} touch at {near} and cut the inside in two; the parts must be polygons of their own',
    '{first}和{second}在 {near} 相接，把内部分成两块；各块须单独成面',
  ],
  ['{hole:where} is a hole but lies outside its outer ring (ring 0); holes lie inside it', '{hole}是洞，却在外环（环 0）之外；洞须在外环之内'],
  [
    '{hole:where} is a hole inside another hole, {other:where}; what lies in a hole is a polygon of its own',
    '{hole}是洞，却在另一个洞（{other}）之内；洞里的部分须单独成面',
  ],
  ['{part:where} lies inside {other:where}; the parts of a shape must not overlap', '{part}在{other}之内；同一图形的各部分不能重叠'],
  ['{source:sentence} ({at:where})', '{source}（{at}）'],
  // what cannot be mended
  [
    'the shape has no area; a polygon needs at least three positions that are not on one line',
    '图形没有面积；一个面至少须有三个不在一条直线上的点',
  ],
  [
    'made valid it would have {after:number} m² where its rings say {before:number} m², which differs by more than {most:number} %; it has to be drawn again',
    '修复后面积为 {after} 平方米，而原来的环为 {before} 平方米，相差超过 {most}%；须重新绘制',
  ],
  [
    'its rings cross one another more than {crossings:number} times; it has to be drawn again',
    '它的环互相交叉超过 {crossings} 次；须重新绘制',
  ],
  // well-known text
  ['{text:quoted} is not WKT; write POINT (118.08 24.48) or the like', '{text} 不是 WKT；请写成 POINT (118.08 24.48) 这样'],
  ['{word:quoted} is not a shape that is taken; those are {names:ids}', '{word} 不是可导入的图形；可用 {names}'],
  ['has {count:number} positions; a POINT has one', '有 {count} 个点；POINT 只有一个点'],
  ['has {count:number} positions in one bracket of a MULTIPOINT', 'MULTIPOINT 的一对括号里有 {count} 个点'],
  ['{text:quoted} stands after the shape, at character {at:number}', '图形之后第 {at} 个字符处还有 {text}'],
  ['is cut off after {count:number} characters; {what:token} is expected', '在 {count} 个字符后中断；此处应为{what}'],
  ['{text:quoted} stands at character {at:number}; {what:token} is expected', '第 {at} 个字符处是 {text}；此处应为{what}'],
  [
    'has a position of {found:number} numbers before character {at:number}; its heading says {wanted:number}',
    '第 {at} 个字符之前的点有 {found} 个数；按开头的说明应有 {wanted} 个',
  ],
  // GeoJSON
  ['is {found:json}; it must be an array, a position [longitude, latitude]', '{found}；须为数组，即一个点 [经度, 纬度]'],
  ['is {found:json}; it must be an array', '{found}；须为数组'],
  ['is {found:json}; it must be one of {names:ids}', '{found}；须为 {names} 之一'],
  ['is {found:json}; it must be an object', '{found}；须为对象'],
  ['is {found:json}; it must be "Feature"', '{found}；须为 "Feature"'],
  ['is {found:json}; a position is [longitude, latitude], both numbers', '{found}；一个点为 [经度, 纬度]，两个都是数'],
  ['is {found:json}, which is larger than any number read here', '{found}，大于这里能读的任何数'],
  ['has {count:number} number{s:plural}; a position is [longitude, latitude]', '有 {count} 个数{s}；一个点为 [经度, 纬度]'],
  ['has more than {most:number} positions', '多于 {most} 个点'],
  ['is missing; it must be an array', '缺失；须为数组'],
  ['is missing; it must be "Feature"', '缺失；须为 "Feature"'],
  [
    '{word} is not a JSON number, coordinates are finite numbers (line {line:number} of the file)',
    '{word} 不是 JSON 的数，坐标须为有限的数（文件第 {line} 行）',
  ],
];
