"""What a step minimises. B lists of K candidates; the right one, where it is known, in column 0."""

import torch
import torch.nn.functional as F

FAR = -1e4


def teacher_divergence(logits, teacher, valid, temperature=1.0):
    """KL(teacher || model) of the two distributions over a list, its mean over the batch.

    logits, teacher [B, K]; valid [B, K] bool
    """
    target = (teacher / temperature).masked_fill(~valid, FAR).log_softmax(1)
    ours = (logits / temperature).masked_fill(~valid, FAR).log_softmax(1)
    return (target.exp() * (target - ours)).sum(1).mean() * temperature**2


def label_loss(logits, negative, labelled):
    """Listwise softmax: -log of the right candidate's share beside its negatives, over the labelled lists."""
    keep = negative.clone()
    keep[:, 0] = True
    losses = -logits.masked_fill(~keep, FAR).log_softmax(1)[:, 0]
    return (losses * labelled).sum() / labelled.sum().clamp(min=1)


def head_start(teacher, listed, lowest=-8.0):
    """What the labels' loss may add to the model's logits [B, K], so that the model learns what the first look lacks.

    Strangers, behind the first `listed` candidates, start as the list's mean: were they out already, the
    model could learn which passages are popular and nothing would say no.
    """
    start = teacher.clamp(min=lowest)
    mean = start[:, :listed].mean(1, keepdim=True)
    return torch.cat([start[:, :listed], mean.expand(-1, teacher.shape[1] - listed)], 1)


def height_loss(logits, negative, labelled):
    """Binary cross-entropy of each candidate by itself, right ones and wrong ones weighing alike.

    A softmax over a list does not care how high its logits are; a probability that is shown, and
    blended with the first look's score, does.
    """
    right = F.softplus(-logits[:, 0])
    wrong = (F.softplus(logits) * negative).sum(1) / negative.sum(1).clamp(min=1)
    return ((right + wrong) * labelled).sum() / (2 * labelled.sum().clamp(min=1))


def height_of(logits, teacher, valid):
    """Binary cross-entropy of each candidate against the teacher's probability of it: how high, not only in which order."""
    losses = F.binary_cross_entropy_with_logits(logits, teacher.sigmoid(), reduction="none")
    return (losses * valid).sum() / valid.sum()


def embedding_loss(found, wanted):
    """The second head: unit vectors [B, H] against an embedder's; 1 - their cosine, its mean."""
    return (1 - (found * wanted).sum(-1)).mean()
