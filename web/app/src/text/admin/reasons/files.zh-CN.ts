// What is wrong with files, their encodings and columns, and why nothing was taken, in Chinese.

import type { Entry } from './match.ts';

/** Sentences about files, lines of them, and columns. */
export const fileSentences: readonly Entry[] = [
  // lines
  ['line {line:number}: has {found:number} values and the header {wanted:number}', '第 {line} 行有 {found} 个值，表头有 {wanted} 个'],
  [
    'line {line:number}: has {found:number} values and the header {wanted:number}; a quote opened here is closed only in line {last:number}',
    '第 {line} 行有 {found} 个值，表头有 {wanted} 个；此处的引号到第 {last} 行才结束',
  ],
  [
    'line {line:number}: a quote opened here is closed in line {last:number} before more text',
    '第 {line} 行的引号到第 {last} 行才结束，其后还有文字',
  ],
  ['line {line:number}: a quote is opened and never closed', '第 {line} 行的引号没有结束'],
  [
    'line {line:number}: the line, or a quote opened in it, does not end within {most:number} MB',
    '第 {line} 行或其中的引号在 {most} MB 内没有结束',
  ],
  ['line {line:number}: {message:sentence}', '第 {line} 行：{message}'],
  ['the header in line {line:number}: {message:sentence}', '第 {line} 行的表头：{message}'],
  ['row {row:number} of the sheet: {message:sentence}', '工作表第 {row} 行：{message}'],
  ['{error:sentence}; what comes after this row is not read', '{error}；此行之后没有读取'],
  ['the file is empty; its first line must name the columns', '文件是空的；第一行须为列名'],
  [
    'the first line, which must name the columns, is too long or has a quote that is not closed',
    '第一行须为列名，但它太长，或有引号没有结束',
  ],
  ['none of the first {most:number} lines names columns', '前 {most} 行都不是列名'],
  ['has {count:number} columns; at most {most:number} are taken', '有 {count} 列；最多 {most} 列'],
  ['has {found:number} bytes; at most {most:number} are taken', '有 {found} 字节；最多 {most} 字节'],
  // encodings
  ['byte {at:number} (0x{byte}) fits no character of {encoding}', '第 {at} 个字节（0x{byte}）不是 {encoding} 的字符'],
  ['byte {at:number} fits no character of UTF-8', '第 {at} 个字节不是 UTF-8 的字符'],
  ['character {at:number} fits no character of {encoding}', '第 {at} 个字符不是 {encoding} 的字符'],
  [
    '{message:sentence}; in {encoding} it reads {text:quoted}: the file mixes encodings, save all of it in one',
    '{message}；按 {encoding} 读作 {text}：文件混用了编码，请全部存为一种',
  ],
  [
    'is UTF-8 while the file is {encoding}: the file mixes encodings, save all of it in one',
    '是 UTF-8，而文件是 {encoding}：文件混用了编码，请全部存为一种',
  ],
  [
    'the file is not UTF-8 text: byte {at:number} fits no character; if it is in another encoding, declare it, such as gb18030',
    '文件不是 UTF-8 文本：第 {at} 个字节不是字符；如是别的编码，请在“文字编码”中选择，如 gb18030',
  ],
  ['is not UTF-8 text: byte {at:number} fits no character', '不是 UTF-8 文本：第 {at} 个字节不是字符'],
  [
    'the encoding {name:quoted} is not known; write utf-8, gb18030, big5 or utf-16le',
    '不认识编码 {name}；可用 utf-8、gb18030、big5 或 utf-16le',
  ],
  [
    'holds zero bytes, so it is no text in UTF-8 or GB18030; if it is UTF-16 without a byte order mark, declare utf-16le or utf-16be',
    '含值为零的字节，因此不是 UTF-8 或 GB18030 文本；如是不带字节序标记的 UTF-16，请选择 utf-16le 或 utf-16be',
  ],
  ['read as {encoding}, which its byte order mark names, and not as {declared}', '按字节序标记所示的 {encoding} 读取，而不是 {declared}'],
  // values of formats
  ['holds the error {error}', '含有错误值 {error}'],
  ['is {text:quoted}, which is no number', '是 {text}，不是数'],
  ['is {text:quoted}, which is no day; days are YYYYMMDD', '是 {text}，不是日期；日期为 YYYYMMDD'],
  // formats
  ['{name} is empty: it has 0 bytes', '{name} 是空的：有 0 字节'],
  ['{name} {what:refused}', '{name} {what}'],
  ['{name} is a part of a shapefile; give the .shp that stands beside it', '{name} 是 Shapefile 的一部分；请一并选择旁边的 .shp'],
  [
    '{name} is of no format that is read; those are GeoJSON, GeoJSONSeq, CSV, XLSX, GeoPackage, Shapefile, FlatGeobuf and OSM PBF',
    '{name} 的格式不能读取；可用 GeoJSON、GeoJSONSeq、CSV、XLSX、GeoPackage、Shapefile、FlatGeobuf 和 OSM PBF',
  ],
  ['a binary workbook (.xlsb) is not read; save it as .xlsx', '不能读取二进制工作簿（.xlsb）；请另存为 .xlsx'],
  ['an OpenDocument file is not read; save it as .xlsx or .csv', '不能读取 OpenDocument 文件；请另存为 .xlsx 或 .csv'],
  ['the zip has a .dbf and no .shp; zip both together', '压缩包里有 .dbf 而没有 .shp；请一起压缩'],
  ['a zip is read when it holds a shapefile; unpack this one first', '压缩包里须是 Shapefile；这个请先解压'],
  ['{stem}.dbf is not beside {name}.shp; the values stand in it, so it must come along', '{name}.shp 旁边没有 {stem}.dbf；各项取值在其中，须一并选择'],
  ['the zip holds no .shp', '压缩包里没有 .shp'],
  ['the zip holds several shapefiles, of which one must be chosen: {names}', '压缩包里有几个 Shapefile，须选择一个：{names}'],
  ['has no layer {wanted:quoted}; its layers are {layers}', '没有图层 {wanted}；有 {layers}'],
  ['has several layers, of which one must be chosen: {layers}', '有几个图层，须选择一个：{layers}'],
  ['has no sheet {sheet:quoted}; its sheets are {sheets}', '没有工作表 {sheet}；有 {sheets}'],
];

/** Sentences about columns: which is taken for which field. */
export const columnSentences: readonly Entry[] = [
  [
    'no column gives {missing:needs}; the columns are {columns:columns}. Say which with --map {example:field}=COLUMN, or --map {field:field}==TEXT for the same text in every row',
    '没有列可作{missing}；现有的列是 {columns}。请在文件里写明{example}列，或给每一行填上同样的{field}',
  ],
  [
    '{there:field} has a column and {missing:field} has none; the columns are {columns:columns}. Say which with --map {needed:field}=COLUMN',
    '有{there}列而没有{missing}列；现有的列是 {columns}。请在文件里写明{needed}列',
  ],
  [
    'no column says where the {kind:kind} are; the columns are {columns:columns}. Say which with --map lon=COLUMN --map lat=COLUMN, or --map wkt=COLUMN',
    '没有列说明{kind}的位置；现有的列是 {columns}。须有经度列和纬度列，或一列几何（WKT）',
  ],
  [
    'the file has no column {column:quoted} for {field:field}{near:near}; its columns are {columns:columns}',
    '文件里没有{field}所用的列 {column}{near}；现有的列是 {columns}',
  ],
  ['{field:field} is mapped twice; name one column for it', '{field}选了两次；请只选一列'],
  [
    'column {column:quoted} is about a person by its name; names, phones and papers of people are not taken, for {field:field} or anything else',
    '从列名看，{column} 列是个人信息；姓名、电话和证件不能导入，无论用作{field}还是别的',
  ],
  [
    'no column is taken for {field:field}: it is {made:made}, so a row whose address changes is a new one',
    '没有{field}列：{made}，因此地址变了的行会成为新的一户',
  ],
  [
    'not taken, because names and numbers of people do not come in this way: {columns:columns}',
    '没有导入，因为不接收姓名和个人号码：{columns}',
  ],
  [
    '{other:quoted} could be {name:field} as well as {column:quoted}; --map {field:field}={value} takes it instead',
    '{other} 列和 {column} 列都像{name}；需要的话，请在“列对应”中把{field}改为 {value}',
  ],
  [
    '{first:quoted} and {second:quoted} look like degrees, but which is longitude cannot be told; say it with --map lon={lon} --map lat={lat}, or the other way round',
    '{first} 和 {second} 像是经纬度，但分不出哪个是经度；请在“列对应”中指定，如经度 {lon}、纬度 {lat}，或相反',
  ],
  ['line {line:number} is passed over as a title: {title:quoted}', '第 {line} 行当作标题略过：{title}'],
  ['row {row:number} is passed over as a title: {title:quoted}', '第 {row} 行当作标题略过：{title}'],
  ['{count:number} rows without any value are passed over', '略过 {count} 个空行'],
  ['other sheets are not read: {sheets}', '没有读取其他工作表：{sheets}'],
  ['other layers are not read: {layers}', '没有读取其他图层：{layers}'],
  ['memo columns are not read: {columns}', '没有读取备注列：{columns}'],
  ['columns of binary values are not read: {columns}', '没有读取二进制的列：{columns}'],
  [
    'column {at:number} is named {name:quoted} as another is; it is called {chosen:quoted} here',
    '第 {at} 列的列名 {name} 与另一列相同；这里称作 {chosen}',
  ],
  [
    'column {name:quoted} has {count:number} numbers of more than 15 digits, of which a spreadsheet keeps 15; write codes as text',
    '{name} 列有 {count} 个超过 15 位的数，而电子表格只保存 15 位；编码请写成文本',
  ],
  [
    'cells merged over several rows count for each of them: {filled:number} values were filled down',
    '跨行合并的单元格计入每一行：向下填了 {filled} 个值',
  ],
  ['{across:number} cells merged over several columns count for the first of them only', '{across} 个跨列合并的单元格只计入第一列'],
  ['{beside:number} rows have values beside the named columns, which are not read', '{beside} 行在有列名的列之外还有值，没有读取'],
  ['third numbers of positions (heights) are dropped', '略去了坐标的第三个数（高程）'],
];

/** Why nothing was taken, and what to know. */
export const endSentences: readonly Entry[] = [
  [
    'nobody said which coordinate system the file is in, and its numbers cannot tell; say {choices:choices}, whichever it is',
    '文件没有说明坐标系，从数据也分辨不出；请选择 {choices}',
  ],
  ['{because:sentence}; {instead:instead}--trust-crs if the coordinates are right as they are', '{because}；{instead}坐标没有错的话，可照原样读取'],
  ['every row is refused', '每一行都被拒绝'],
  [
    '{refused:number} rows are refused, and {good:number} good ones left out because of them; mend those, or take the good ones with --partial',
    '{refused} 行被拒绝，另外 {good} 行正确的也因此没有导入；请改好被拒绝的行，或只导入正确的行',
  ],
  [
    'rows that are not in the files are never deleted; record a visit with `demolished` or `moved` where a door is gone',
    '文件中没有的数据从不删除；户已不在的，请登记一次结果为 `demolished`（已拆除）或 `moved`（已搬走）的走访',
  ],
  ['the district has no grids yet; bring areas in, and the doors find theirs by themselves', '还没有网格；导入区域后，各户会自动归入网格'],
  ['the files hold no rows', '文件里没有数据行'],
  ['stopped; nothing was taken', '已停止；没有导入任何数据'],
  ['{file}: {source:sentence}; name the right one with --crs', '{file}：{source}；请选择正确的坐标系'],
  ['{file}: its reader broke; the file is not taken, and the log says where it broke', '{file}：读取程序出错；文件没有导入，日志里有详情'],
  [
    'the outlines have more than {most:number} positions together; bring them in level by level',
    '边界的点总共超过 {most} 个；请逐级导入',
  ],
  ['the rows are refused together: {why:sentence}', '这些行一起被拒绝：{why}'],
  ['the district changed since the files were looked at; look again', '检查之后数据有变化；请重新检查'],
  ['the district changed while the file was read; look again', '读取文件时数据有变化；请重新检查'],
  ['nothing was taken: {why:sentence}', '没有导入任何数据：{why}'],
  ['import {id} may not be taken: {reason:sentence}', '导入 {id} 不能写入：{reason}'],
  [
    'the district changed since import {id} was looked at; it is looked at again, read the new plan first',
    '导入 {id} 检查之后数据有变化，正在重新检查；请先看新的结果',
  ],
  [
    'the files are larger than {limit:number} bytes together; bring them in with `wangge import --data`, or in parts',
    '文件总共超过 {limit} 字节；请分几次导入',
  ],
  ['nobody confirmed it in time', '没有及时确认'],
  ["the import broke; the server's log says where", '导入出错；服务器日志里有详情'],
  ['taken back', '已取消'],
  ['no file came; add at least one part with a file name', '没有收到文件；至少须有一个带文件名的部分'],
  ['import {id} is not known; it may have ended long ago', '没有导入 {id}；它可能早已结束'],
  ['{waiting:number} imports wait already; confirm or cancel one of them first', '已有 {waiting} 个导入在等待；请先确认或取消其中一个'],
  ['the server is stopping; send it again when it is back', '服务器正在停止；请在它恢复后重新发送'],
  // what cannot be chosen
  [
    '{metres:number} is no distance to repair by; it takes metres above 0, at most {most:number}',
    '不能按 {metres} 米修复；须大于 0，最多 {most} 米',
  ],
  [
    'coordinate system {crs:quoted} is not known; crs84, gcj02, bd09, latlon, or an EPSG code such as 4490, 4548 or 3857 would be right, with -swapped behind it where northing or latitude comes first',
    '不认识坐标系 {crs}；可用 crs84、gcj02、bd09、latlon，或 EPSG 编号，如 4490、4548 或 3857；北坐标或纬度在前的，后面加 -swapped',
  ],
  ['EPSG:{code:number} cannot be used: {why:sentence}; transform the file to EPSG:4326 first', '不能使用 EPSG:{code}：{why}；请先把文件转换为 EPSG:4326'],
  ['its definition here is known to be kilometres off', '已知这里的定义有几公里的误差'],
  ['it needs a grid of shifts that is not built in', '它需要的改正格网没有内置'],
  ['EPSG:{code:number} has no definition here; transform the file to EPSG:4326 first', '这里没有 EPSG:{code} 的定义；请先把文件转换为 EPSG:4326'],
  [
    "Baidu's metres (BD-09 Mercator) are not read; export degrees (bd09ll) instead",
    '不能读取百度的米制坐标（BD-09 Mercator）；请改为导出经纬度（bd09ll）',
  ],
];
