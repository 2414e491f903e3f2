using Framelane.Application.Renders.Scenes;
using Framelane.Rendering.Motions;
using SkiaSharp;

namespace Framelane.Rendering.Text;

/// <summary>All that moves within one text: its motions by character, its preset and its spoken words.</summary>
sealed class TextAnimations
{
    /// <summary>How far from its place anything is moved, in em.</summary>
    public const float FarthestEm = 3;

    // Of an em.
    const float BoxReach = 0.12f;

    readonly TextElement element;
    readonly TextLayout layout;
    readonly TextUnits units;
    readonly ElementMotion[] motions;
    readonly TextPreset? preset;
    readonly WordStyle? style;
    readonly IReadOnlyList<Spoken> words = [];

    public TextAnimations(TextElement element, TextLayout layout)
    {
        (this.element, this.layout, units) = (element, layout, new(layout));
        motions = [.. element.Motion.Where(motion => motion.Scope == MotionScope.Character)];
        preset = element.AnimationPreset is { } name ? TextPreset.Find(name) : null;
        if (element.WordAnimation is not { } animation)
            return;
        style = WordStyle.Of(animation.Style);
        words = Find(animation.Words);
        Accent = MarkColor.Of(element, style.HasBox);
    }

    /// <summary>Of words that are spoken.</summary>
    public SKColor Accent { get; }

    /// <param name="time">Seconds on the element's timeline.</param>
    /// <returns>Null where all is at rest.</returns>
    public TextPose? At(double time)
    {
        if (motions.Length == 0 && preset is null && style is null)
            return null;
        var poses = new PiecePose[layout.Pieces.Count];
        Array.Fill(poses, PiecePose.Rest);
        var boxes = new List<(SKRect, double)>();
        foreach (var motion in motions)
            Move(poses, motion, time);
        if (preset?.At(time - element.Time, element.Duration, units, layout.Size) is { } coming)
        {
            for (var index = 0; index < poses.Length; index++)
                poses[index] = poses[index].And(coming[index]);
        }

        foreach (var word in words)
            Mark(poses, boxes, word, time);
        return boxes.Count == 0 && poses.All(pose => pose.IsRest) ? null : new(poses, boxes);
    }

    void Move(PiecePose[] poses, ElementMotion motion, double time)
    {
        if (MotionRegistry.Find(motion.Type) is not { } known)
            return;
        // What comes from outside the canvas as a whole comes from an em away as a character.
        var stage = new MotionStage(layout.Size, layout.Size, 0, 0, layout.Size, layout.Size) { IsCharacter = true };
        var last = Math.Max(1, units.Characters.DefaultIfEmpty().Max());
        for (var index = 0; index < poses.Length; index++)
        {
            var presence = Choreography.Presence(OfCharacter(motion, known.IsLoop, units.Characters[index], last), known, time);
            var pose = known.At(presence, stage);
            poses[index] = poses[index].And(motion.Loop || known.IsLoop || pose.Finish is not null ? pose : pose with { Opacity = Math.Min(pose.Opacity, presence) });
        }
    }

    // Without a delay they share the motion's time: the last begins when half of it is over. A loop's round stays as long as it is.
    static ElementMotion OfCharacter(ElementMotion motion, bool isLoop, int place, int last) => motion.Delay > 0
        ? motion with { Delay = motion.Delay * place }
        : isLoop ? motion with { Delay = motion.Duration / 2 * place / last } : motion with { Delay = motion.Duration / 2 * place / last, Duration = motion.Duration / 2 };

    /// <summary>Those that are in the text. Both they and its characters are gone through once: together they may be thousands of either.</summary>
    List<Spoken> Find(IReadOnlyList<CaptionWord> spoken)
    {
        List<Spoken> found = [];
        int[] read = [.. Enumerable.Range(0, layout.Pieces.Count).OrderBy(index => layout.Pieces[index].Start)];
        var next = 0;
        // One after another, so none begins before the last has ended.
        foreach (var (word, (start, end)) in spoken.Zip(CaptionMatch.Find(layout.Text, spoken)).Where(each => each.Second.End > 0))
        {
            while (next < read.Length && layout.Pieces[read[next]].Start < start)
                next++;
            var first = next;
            while (next < read.Length && layout.Pieces[read[next]].Start < end)
                next++;
            if (next > first)
                found.Add(new(word, [.. read[first..next].GroupBy(index => layout.Pieces[index].Line).Select(Part)]));
        }

        return found;
    }

    (int[], SKRect) Part(IEnumerable<int> pieces) => ([.. pieces], pieces.Select(index => layout.BoxOf(layout.Pieces[index])).Aggregate(SKRect.Union));

    void Mark(PiecePose[] poses, List<(SKRect, double)> boxes, Spoken word, double time)
    {
        // By the widest part, so that all of them grow alike and none touches what is beside it.
        var moment = WordMoment.At(word.Word, time, word.Parts.Max(part => part.Box.Width), layout.Size, Accent);
        var marked = style!.At(moment);
        foreach (var (pieces, box) in word.Parts)
        {
            foreach (var index in pieces)
            {
                // A word grows as a whole.
                var (grown, middle) = (marked.Pose.Scale - 1, layout.BoxOf(layout.Pieces[index]).MidX);
                var pose = marked.Pose with { X = marked.Pose.X + grown * (middle - box.MidX) };
                poses[index] = marked with { Pose = pose.And(poses[index].Pose) };
            }

            var reach = BoxReach * layout.Size;
            if (style.HasBox && moment.Spoken > 0)
                boxes.Add((SKRect.Inflate(box, reach, 0), moment.Spoken * pieces.Max(index => poses[index].Pose.Opacity)));
        }
    }

    /// <summary>A word that is spoken, where it lies.</summary>
    /// <param name="Parts">One a line: places among the layout's pieces, and the box round those.</param>
    sealed record Spoken(CaptionWord Word, (int[] Pieces, SKRect Box)[] Parts);
}
