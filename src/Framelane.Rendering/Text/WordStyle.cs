using Framelane.Application.Common;
using Framelane.Application.Renders.Scenes;
using Framelane.Rendering.Motions;
using SkiaSharp;

namespace Framelane.Rendering.Text;

/// <summary>How a word is marked while it is spoken, or comes when it is.</summary>
sealed class WordStyle
{
    readonly Func<WordMoment, PiecePose> pose;

    WordStyle(WordAnimationStyle style, Func<WordMoment, PiecePose> pose) => (Name, this.pose) = (WireNames.Of(style), pose);

    public static IReadOnlyList<WordStyle> All { get; } =
    [
        new(WordAnimationStyle.Glow, word => PiecePose.Rest with { Glow = word.Spoken }),
        new(WordAnimationStyle.Box, _ => PiecePose.Rest) { HasBox = true },
        new(WordAnimationStyle.ScalePop, word => PiecePose.Rest with { Pose = Pose.Rest with { Scale = 1 + word.Growth * word.Spoken } }),
        new(WordAnimationStyle.SlideUp, word => PiecePose.Rest with { Pose = Pose.Rest with { Y = 0.5 * word.Em * (1 - word.Come), Opacity = word.Come } }),
        new(WordAnimationStyle.FlyIn, word => PiecePose.Rest with { Pose = Pose.Rest with { X = -2 * word.Em * (1 - word.Come), Opacity = word.Come } }),
        new(WordAnimationStyle.Color, word => PiecePose.Rest with { Color = word.Accent, ColorShare = word.Spoken }),
    ];

    public string Name { get; }

    /// <summary>Whether there is a box behind a word that is spoken.</summary>
    public bool HasBox { get; private init; }

    public static WordStyle Of(WordAnimationStyle style) => All.First(each => each.Name == WireNames.Of(style));

    public PiecePose At(in WordMoment word) => pose(word);
}

/// <param name="Come">0 before a word is spoken, to 1 soon after its start.</param>
/// <param name="Spoken">0, and up to 1 while it is spoken.</param>
/// <param name="Growth">How much larger a word may become without touching those beside it.</param>
/// <param name="Em">Pixels.</param>
readonly record struct WordMoment(double Come, double Spoken, double Growth, float Em, SKColor Accent)
{
    // Seconds; shorter words take the half of their time.
    const double Coming = 0.25, Marking = 0.1;

    // Of a word, and in em what it may take of the spaces beside it.
    const double LeastGrowth = 0.05, MostGrowth = 0.15, Room = 0.2;

    /// <param name="width">Of the word; pixels, as is <paramref name="em"/>.</param>
    public static WordMoment At(CaptionWord word, double time, double width, float em, SKColor accent)
    {
        var length = word.End - word.Start;
        var (coming, marking) = (Math.Min(Coming, length / 2), Math.Min(Marking, length / 2));
        return new(
            Easing.EaseOut.Ease(Math.Clamp((time - word.Start) / coming, 0, 1)),
            Easing.EaseInOut.Ease(Math.Clamp(Math.Min((time - word.Start) / marking, (word.End - time) / marking), 0, 1)),
            Math.Clamp(Room * em / width, LeastGrowth, MostGrowth),
            em,
            accent);
    }
}
