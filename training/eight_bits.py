"""A network's products in eight bits, and its words in eight bits before they are shifted.

In: an ONNX file in float32. Out: one whose products are of eight bits. Leaves to others: the network (`export_onnx`).

A block of convolutions sets each word between two others: it copies, shifts and joins the same numbers. To join them
first and turn them to eight bits then, as the quantiser does, is to copy and turn three times as much. A shift brings
in nothing but zeros, and every range holds zero, so that the answer is the same to the last bit.
"""

from __future__ import annotations

from pathlib import Path

import onnx
from onnx import ModelProto, NodeProto, helper
from onnxruntime.quantization import QuantType, quantize_dynamic


def quantize(plain: Path, target: Path) -> None:
    """Write the file; seven of a weight's eight bits are used, so that no processor overflows."""
    quantize_dynamic(
        plain,
        target,
        op_types_to_quantize=["MatMul", "Gemm"],
        per_channel=True,
        reduce_range=True,
        weight_type=QuantType.QInt8,
    )
    model = onnx.load(str(target))
    shift_eight_bits(model)
    onnx.checker.check_model(model)
    onnx.save(model, str(target))


def shift_eight_bits(model: ModelProto) -> int:
    """How many blocks there were: in each, the quantiser moves from behind the join to before the shifts."""
    makers = {name: node for node in model.graph.node for name in node.output}
    made: dict[str, list[NodeProto]] = {}
    gone: set[str] = set()
    for node in model.graph.node:
        join = makers.get(node.input[0]) if node.op_type == "DynamicQuantizeLinear" else None
        if join is None or join.op_type != "Concat":
            continue
        left, right = (makers[join.input[i]] for i in (0, 2))
        pad = makers[left.input[0]]
        made[node.name] = _early(node, join, (left, right), pad)
        gone |= {n.name for n in (join, left, right, pad)}
    nodes = [new for node in model.graph.node if node.name not in gone for new in made.get(node.name, [node])]
    del model.graph.node[:]
    model.graph.node.extend(nodes)
    return len(made)


def _early(
    quantizer: NodeProto, join: NodeProto, slices: tuple[NodeProto, NodeProto], pad: NodeProto
) -> list[NodeProto]:
    """The block's quantiser, pad, shifts and join, in that order; the pad's zeros are the quantiser's zero."""
    (out, scale, zero), name = quantizer.output, quantizer.name
    words, padded, left, right = (f"{out}_{part}" for part in ("words", "padded", "left", "right"))
    return [
        helper.make_node("DynamicQuantizeLinear", [join.input[1]], [words, scale, zero], name=name),
        helper.make_node("Pad", [words, pad.input[1], zero], [padded], name=f"{name}_pad"),
        helper.make_node("Slice", [padded, *slices[0].input[1:]], [left], name=f"{name}_left"),
        helper.make_node("Slice", [padded, *slices[1].input[1:]], [right], name=f"{name}_right"),
        helper.make_node("Concat", [left, words, right], [out], name=f"{name}_join", axis=-1),
    ]
