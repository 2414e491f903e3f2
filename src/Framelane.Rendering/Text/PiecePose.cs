using Framelane.Rendering.Motions;
using SkiaSharp;

namespace Framelane.Rendering.Text;

/// <summary>What animations do to one character at one instant.</summary>
/// <param name="Pose">Scaled and turned about the character's middle.</param>
/// <param name="Color">In place of the text's own, by a share of <paramref name="ColorShare"/>.</param>
/// <param name="Glow">The strength of a halo behind it, 0 to 1.</param>
readonly record struct PiecePose(Pose Pose, SKColor Color, double ColorShare, double Glow)
{
    public static readonly PiecePose Rest = new(Pose.Rest, SKColors.Empty, 0, 0);

    public bool IsRest => Pose == Pose.Rest && ColorShare == 0 && Glow == 0;

    public PiecePose And(in Pose other) => this with { Pose = Pose.And(other) };
}

/// <summary>What animations do to a text at one instant.</summary>
/// <param name="Pieces">One of each of the layout's pieces.</param>
/// <param name="Boxes">Behind words, in the pixels of the text's box, with how opaque each is.</param>
sealed record TextPose(IReadOnlyList<PiecePose> Pieces, IReadOnlyList<(SKRect Box, double Opacity)> Boxes);
