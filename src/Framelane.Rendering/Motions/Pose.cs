using Framelane.Rendering.Motions.Finishes;
using Framelane.Rendering.Timelines;

namespace Framelane.Rendering.Motions;

/// <summary>What a motion adds to an element's placement at one instant.</summary>
/// <param name="X">Pixels.</param>
/// <param name="Rotation">Degrees, clockwise.</param>
/// <param name="ContentZoom">Of the content within its box.</param>
public readonly record struct Pose(double X, double Y, double Scale, double Rotation, double Opacity, double ContentZoom)
{
    public static readonly Pose Rest = new(0, 0, 1, 0, 1, 1);

    /// <summary>Not seen at all.</summary>
    public static readonly Pose Gone = Rest with { Opacity = 0 };

    /// <summary>How much wider it is drawn, beside <see cref="Scale"/>.</summary>
    public double StretchX { get; init; } = 1;

    /// <summary>How much higher it is drawn, beside <see cref="Scale"/>.</summary>
    public double StretchY { get; init; } = 1;

    /// <summary>Degrees about the horizontal axis.</summary>
    public double XRotation { get; init; }

    /// <summary>Degrees about the vertical axis.</summary>
    public double YRotation { get; init; }

    /// <summary>What is done to the drawn picture; null where it stays as it is.</summary>
    public Finish? Finish { get; init; }

    public Pose And(in Pose other) => new(
        X + other.X, Y + other.Y, Scale * other.Scale, Rotation + other.Rotation, Opacity * other.Opacity, ContentZoom * other.ContentZoom)
    {
        StretchX = StretchX * other.StretchX,
        StretchY = StretchY * other.StretchY,
        XRotation = XRotation + other.XRotation,
        YRotation = YRotation + other.YRotation,
        Finish = Finish.Both(Finish, other.Finish),
    };

    public Placement Move(in Placement placement) => placement with
    {
        X = placement.X + X,
        Y = placement.Y + Y,
        ScaleX = placement.ScaleX * Scale * StretchX,
        ScaleY = placement.ScaleY * Scale * StretchY,
        XRotation = placement.XRotation + XRotation,
        YRotation = placement.YRotation + YRotation,
        ZRotation = placement.ZRotation + Rotation,
        ContentZoom = placement.ContentZoom * ContentZoom,
    };
}
