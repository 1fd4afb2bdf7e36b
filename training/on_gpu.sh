#!/bin/bash
# One lease of a GPU machine, where training/work holds what the calls of training/gpu.md carried: two mentors beside
# each other, then two students of both. MINUTES of each half; leaves checkpoints and logs in $OUT.
minutes=${MINUTES:-3.5}
work=training/work
export PYTHONUNBUFFERED=1
train() { python3 training/train.py training/stages/$1.json $work/$1 --minutes $minutes >$OUT/$1.log 2>&1 || tail -n 20 $OUT/$1.log; }

python3 training/pack.py unpack $work/gpu/data-2
python3 training/mine.py --vocabulary 16384
python3 training/teach.py mix
train mentor-12 & train mentor-6 & wait
train student-3 & train student-4 & wait
for run in student-3 student-4 mentor-6 mentor-12; do
  python3 training/pack.py pack $work/out --only-weights --weights $work/$run/model
done
cp $work/out/*.xz $OUT
grep -h evaluation $OUT/*.log | cut -c1-400
