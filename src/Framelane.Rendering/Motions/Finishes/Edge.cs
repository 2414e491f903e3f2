using System.Runtime.CompilerServices;
using Framelane.Rendering.Effects;
using Framelane.Rendering.Frames;

namespace Framelane.Rendering.Motions.Finishes;

enum Way
{
    Left,
    Right,
    Up,
    Down,
}

/// <summary>Shows the part that a slightly soft edge has passed on its way.</summary>
/// <param name="Shown">The part, 0 to 1.</param>
sealed record Edge(Way Way, double Shown) : Finish
{
    /// <summary>Of the whole way.</summary>
    public const float Softness = 0.02f;

    internal override void Apply(PixelBuffer picture, in Ground ground)
    {
        var ink = ground.Ink;
        var passed = Way switch
        {
            Way.Left => ground.Plane(-1 / ink.Width, 0, ink.Right / ink.Width),
            Way.Right => ground.Plane(1 / ink.Width, 0, -ink.Left / ink.Width),
            Way.Up => ground.Plane(0, -1 / ink.Height, ink.Bottom / ink.Height),
            _ => ground.Plane(0, 1 / ink.Height, -ink.Top / ink.Height),
        };
        PixelKernel.RunBlocks(picture, new Cut(passed, (float)Shown * (1 + Softness)));
    }

    readonly struct Cut(Plane passed, float end) : IBlockChange
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Block Apply(Block pixels, Place place) => pixels * Wide.Unit(passed.At(place).From(end) * (1 / Softness));
    }
}
