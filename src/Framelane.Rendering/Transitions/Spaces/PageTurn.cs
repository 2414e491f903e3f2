using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Framelane.Rendering.Effects;
using Framelane.Rendering.Frames;

namespace Framelane.Rendering.Transitions.Spaces;

/// <summary>A page is turned from its lower right corner: it rolls up about a slanted line, shows its pale back and casts a shadow.</summary>
sealed class PageTurn : ITransition
{
    public string Name => "page_turn";

    public bool KeepsOpaque => true;

    public void Draw(PixelBuffer from, PixelBuffer to, double progress, PixelBuffer target) => PixelKernel.Fill(target, new Page(from, to, (float)progress));

    /// <summary>A page that lies flat up to a line, and from there goes up round a roll and back over itself.</summary>
    readonly struct Page : IBlockFill
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

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector256<uint> At(Place place)
        {
            // Beyond the line where the page leaves the ground.
            var (x, y) = (place.X.Plus(0.5f), place.Row + 0.5f);
            var beyond = (x * Right).Plus(y * Down - line);
            var isGround = Vector256.GreaterThan(beyond, Vector256.Create(radius + 0.5f));
            return isGround.AsInt32() == Vector256<int>.AllBitsSet ? Ground(place, beyond) : Paged(place, x, y, beyond, isGround);
        }

        Vector256<uint> Paged(Place place, Vector256<float> x, float y, Vector256<float> beyond, Vector256<float> isGround)
        {
            var isUp = Vector256.GreaterThan(beyond, Vector256<float>.Zero);
            var lifted = Vector256.Max(Vector256.Min(beyond * (1 / radius), Vector256<float>.One), Vector256<float>.Zero);
            var angle = ArcSine(lifted);
            // How far along the page its upper side is that is seen here, less how far it would be if it lay flat.
            var rolled = Vector256.ConditionalSelect(isUp, angle.From(MathF.PI) * radius, beyond.From(MathF.PI * radius)) - beyond;
            var (backX, backY) = (x + rolled * Right, (rolled * Down).Plus(y));
            var inside = Vector256.Min(Vector256.Min(backX, backX.From(width)), Vector256.Min(backY, backY.From(height)));
            var cover = Vector256.AndNot(Wide.Unit(inside.Plus(0.5f)) * Wide.Unit(beyond.From(radius + 0.5f)), isGround);
            var pixels = cover == Vector256<float>.One ? default : Behind(place, x, y, beyond, angle, lifted, isUp, inside, isGround);
            return cover == Vector256<float>.Zero ? pixels : Packed.Mix(pixels, Back(backX, backY, beyond), Packed.Weights(cover));
        }

        /// <summary>The upper side, flat or on the roll; where the page is cut off by its own edge, and beyond it, the ground.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        Vector256<uint> Behind(
            Place place, Vector256<float> x, float y, Vector256<float> beyond, Vector256<float> angle, Vector256<float> lifted, Vector256<float> isUp, Vector256<float> inside, Vector256<float> isGround)
        {
            var rolled = (angle * radius - beyond) & isUp;
            var (frontX, frontY) = (x + rolled * Right, (rolled * Down).Plus(y));
            // The flat part is in the shadow of the free edge of what lies over it.
            var light = Vector256.ConditionalSelect(
                isUp, (Vector256.Sqrt((lifted * lifted).From(1)) * 0.4f).Plus(0.6f), (Falloff(inside * -2) * (-0.6f * ShadowDepth)).Plus(1));
            var page = Packed.Lit(front.PixelsAt(frontX.Plus(-0.5f), frontY.Plus(-0.5f)), light);
            var isBare = isGround | isUp & (Vector256.GreaterThan(frontX, Vector256.Create(width)) | Vector256.GreaterThan(frontY, Vector256.Create(height)));
            return isBare.AsInt32() == Vector256<int>.Zero ? page : Vector256.ConditionalSelect(isBare.AsUInt32(), Ground(place, beyond), page);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        Vector256<uint> Ground(Place place, Vector256<float> beyond) =>
            Packed.Lit(under.Pixels(place.Columns, place.Row), (Falloff(Vector256.Max(beyond.Plus(-radius), Vector256<float>.Zero)) * -ShadowDepth).Plus(1));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        Vector256<uint> Back(Vector256<float> x, Vector256<float> y, Vector256<float> beyond)
        {
            var picture = front.PixelsAt(x.Plus(-0.5f), y.Plus(-0.5f));
            var alpha = picture >>> 24;
            var paper = Packed.Lit(alpha * 0x01010101, Vector256.Create(Paper));
            var up = Vector256.Max(Vector256.Min(beyond * (1 / radius), Vector256<float>.One), Vector256.Create(-1f));
            var depth = Vector256.ConditionalSelect(Vector256.GreaterThan(up, Vector256<float>.Zero), Vector256.Create(-0.55f), Vector256.Create(-0.12f));
            return Packed.Lit(Packed.Mix(paper, picture, Packed.Weights(Vector256.Create(Through))), (up * up * depth).Plus(1));
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        Vector256<float> Falloff(Vector256<float> distance) => Wide.Smooth((distance * (-1 / shadow)).Plus(1));

        /// <summary>Of 0 to 1, to within 1/10,000: Abramowitz and Stegun, 4.4.45.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static Vector256<float> ArcSine(Vector256<float> sine) =>
            (Vector256.Sqrt(sine.From(1)) * (((sine * -0.0187293f).Plus(0.0742610f) * sine).Plus(-0.2121144f) * sine).Plus(1.5707288f)).From(MathF.PI / 2);
    }
}
