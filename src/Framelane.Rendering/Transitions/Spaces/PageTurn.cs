using System.Runtime.Intrinsics;
using Framelane.Rendering.Frames;
using Framelane.Rendering.Transitions.Kernels;

namespace Framelane.Rendering.Transitions.Spaces;

/// <summary>A page is turned from its lower right corner: it rolls up about a slanted line, shows its pale back and casts a shadow.</summary>
sealed class PageTurn : ITransition
{
    public string Name => "page_turn";

    public bool KeepsOpaque => true;

    public void Draw(PixelBuffer from, PixelBuffer to, double progress, PixelBuffer target)
    {
        var page = new Page(from, to, (float)progress);
        Rows.ForEach(target.Height, y =>
        {
            var row = target.PixelsOf(y);
            for (var x = 0; x < row.Length; x++)
                row[x] = Fixed.Pack(page.At(x + 0.5f, y + 0.5f));
        });
    }

    /// <summary>A page that lies flat up to a line, and from there goes up round a roll and back over itself.</summary>
    readonly struct Page
    {
        // Of the shorter side; and how much of the picture shines through to the back.
        const float RollRadius = 0.13f, ShadowReach = 0.25f, Through = 0.3f;
        const float ShadowDepth = 0.55f, Paper = 0.96f;

        // Towards the corner that is lifted.
        static readonly float Right = 1 / MathF.Sqrt(1.16f), Down = 0.4f / MathF.Sqrt(1.16f);

        readonly Sampler front, under;
        readonly float width, height, radius, shadow, line;

        public Page(PixelBuffer from, PixelBuffer to, float progress)
        {
            (front, under) = (new(from), new(to));
            (width, height) = (from.Width, from.Height);
            var shorter = Math.Min(width, height);
            (radius, shadow) = (RollRadius * shorter, ShadowReach * shorter);
            var (first, last) = (width * Right + height * Down, -radius - shadow);
            line = first + (last - first) * progress;
        }

        public Vector128<ushort> At(float x, float y)
        {
            // Beyond the line where the page leaves the ground.
            var beyond = x * Right + y * Down - line;
            if (beyond > radius + 0.5f)
                return Ground(x, y, beyond);
            var angle = beyond > 0 ? MathF.Asin(Math.Min(1, beyond / radius)) : 0;
            // How far along the page its upper side is that is seen here, less how far it would be if it lay flat.
            var rolled = (beyond > 0 ? radius * (MathF.PI - angle) : MathF.PI * radius - beyond) - beyond;
            var (backX, backY) = (x + Right * rolled, y + Down * rolled);
            var inside = Math.Min(Math.Min(backX, width - backX), Math.Min(backY, height - backY));
            var cover = Math.Clamp(inside + 0.5f, 0, 1) * Math.Clamp(radius - beyond + 0.5f, 0, 1);
            if (cover == 1)
                return Back(backX, backY, beyond);
            var behind = beyond <= 0 ? Front(x, y, inside) : Rolling(x, y, beyond, angle);
            return cover == 0 ? behind : Fixed.Mix(behind, Back(backX, backY, beyond), cover);
        }

        Vector128<ushort> Ground(float x, float y, float beyond) => Lit(under.At(x, y), 1 - ShadowDepth * Falloff(beyond - radius));

        // Where the page is cut off by its own edge there is no lower side either: the ground is seen.
        Vector128<ushort> Rolling(float x, float y, float beyond, float angle)
        {
            var rolled = radius * angle - beyond;
            var (frontX, frontY) = (x + Right * rolled, y + Down * rolled);
            return frontX <= width && frontY <= height ? Lit(front.At(frontX, frontY), 0.6f + 0.4f * MathF.Cos(angle)) : Ground(x, y, radius);
        }

        // Under the free edge of the part that lies over it.
        Vector128<ushort> Front(float x, float y, float inside) => Lit(front.At(x, y), 1 - 0.6f * ShadowDepth * Falloff(-inside * 2));

        Vector128<ushort> Back(float x, float y, float beyond)
        {
            var picture = front.At(x, y);
            var alpha = picture.GetElement(3);
            var paper = Fixed.Lit(Vector128.Create(alpha, alpha, alpha, alpha, 0, 0, 0, 0), Paper);
            var up = Math.Clamp(beyond / radius, -1, 1);
            return Lit(Fixed.Mix(paper, picture, Through), up > 0 ? 1 - 0.55f * up * up : 1 - 0.12f * up * up);
        }

        float Falloff(float distance) => Math.Clamp(1 - distance / shadow, 0, 1) is var near ? near * near * (3 - 2 * near) : 0;

        static Vector128<ushort> Lit(Vector128<ushort> pixel, float light) => light == 1 ? pixel : Fixed.Lit(pixel, light);
    }
}
