using Framelane.Rendering.Motions;
using SkiaSharp;

namespace Framelane.Rendering.Text;

/// <summary>Draws a text character by character, each in its pose. One may take as long as a picture, so before each it is seen whether to go on.</summary>
sealed class MovingInk(TextLayout layout, TextLook look, Decorations decorations, SKColor accent, CancellationToken cancellationToken) : IDisposable
{
    // Of an em.
    const float BoxRadius = 0.15f, GlowDeviation = 0.12f;

    readonly GlyphInk?[] ink = new GlyphInk?[layout.Pieces.Count];

    public void Draw(SKCanvas canvas, TextPose pose, FinishedInk finished)
    {
        foreach (var (box, opacity) in pose.Boxes)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var paint = new SKPaint { Color = Faded(accent, opacity), IsAntialias = true };
            canvas.DrawRoundRect(box, BoxRadius * layout.Size, BoxRadius * layout.Size, paint);
        }

        Each(canvas, pose, DrawGlow);
        if (look.Stroke > 0)
            DrawStrokes(canvas, pose);
        foreach (var alpha in pose.Pieces.Select(piece => ColorOf(piece).Alpha).Distinct())
            DrawFills(canvas, pose, alpha);
        DrawFinished(canvas, pose, finished);
    }

    public void Dispose()
    {
        foreach (var each in ink)
            each?.Dispose();
    }

    static SKColor Faded(SKColor color, double opacity) => color.WithAlpha((byte)Math.Round(color.Alpha * Math.Clamp(opacity, 0, 1)));

    // In groups as at rest, or the rest of a text would change while some of it moves.
    void DrawStrokes(SKCanvas canvas, TextPose pose)
    {
        using var group = canvas.Group(look.StrokeColor.Alpha);
        Each(canvas, pose, DrawStroke);
        EachBar(canvas, pose, StrokePaint);
        if (!pose.Pieces.Any(IsTranslucent))
            return;
        Each(canvas, pose, DrawHole, IsTranslucent);
        EachBar(canvas, pose, HolePaint, IsTranslucent);
    }

    void DrawFills(SKCanvas canvas, TextPose pose, byte alpha)
    {
        bool IsOfGroup(PiecePose piece) => ColorOf(piece).Alpha == alpha;
        using var group = canvas.Group(alpha);
        if (!decorations.AreOver)
            EachBar(canvas, pose, FillPaint, IsOfGroup);
        Each(canvas, pose, DrawFill, IsOfGroup);
        if (decorations.AreOver)
            EachBar(canvas, pose, FillPaint, IsOfGroup);
    }

    void Each(SKCanvas canvas, TextPose pose, Action<SKCanvas, int, PiecePose> draw, Func<PiecePose, bool>? among = null)
    {
        for (var index = 0; index < ink.Length; index++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var own = pose.Pieces[index];
            if (own.Pose.Finish is not null || !IsSeen(own.Pose) || among?.Invoke(own) is false)
                continue;
            canvas.Save();
            Move(canvas, index, own.Pose);
            draw(canvas, index, own);
            canvas.Restore();
        }
    }

    static bool IsSeen(in Pose pose) => pose.Opacity > 0 && pose.Scale * pose.StretchX * pose.StretchY != 0;

    // In front of what is at rest: they fly.
    void DrawFinished(SKCanvas canvas, TextPose pose, FinishedInk finished)
    {
        for (var index = 0; index < ink.Length; index++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var own = pose.Pieces[index];
            if (own.Pose.Finish is not { } finish || !IsSeen(own.Pose))
                continue;
            canvas.Save();
            Move(canvas, index, own.Pose);
            var beyond = look.Stroke + (own.Glow > 0 ? 3 * GlowDeviation * layout.Size : 0);
            finished.Draw(canvas, index, SKRect.Inflate(Ink(index).Covered, beyond, beyond), finish, own.Pose.Opacity, target => DrawWhole(target, index, own with { Pose = own.Pose with { Opacity = 1 } }));
            canvas.Restore();
        }
    }

    void DrawWhole(SKCanvas canvas, int index, PiecePose pose)
    {
        DrawGlow(canvas, index, pose);
        if (look.Stroke > 0)
        {
            using var stroke = canvas.Group(look.StrokeColor.Alpha);
            DrawStroke(canvas, index, pose);
            if (IsTranslucent(pose))
                DrawHole(canvas, index, pose);
        }

        using var fill = canvas.Group(ColorOf(pose).Alpha);
        DrawFill(canvas, index, pose);
    }

    // Characters that have moved alike share one: between two there would be a gap.
    void EachBar(SKCanvas canvas, TextPose pose, Func<PiecePose, SKPaint> with, Func<PiecePose, bool>? among = null)
    {
        for (var (first, next) = (0, 0); first < ink.Length; first = next)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (own, piece) = (pose.Pieces[first], layout.Pieces[first]);
            for (next = first + 1; next < ink.Length && own.Pose is { Scale: 1, StretchX: 1, StretchY: 1 } && pose.Pieces[next] == own && ReferenceEquals(layout.Pieces[next].Line, piece.Line);)
                next++;
            if (own.Pose.Opacity <= 0 || among?.Invoke(own) is false)
                continue;
            using var paint = with(own);
            canvas.Save();
            Move(canvas, first, own.Pose);
            var isLast = next == ink.Length || !ReferenceEquals(layout.Pieces[next].Line, piece.Line);
            // Letters that are moved together stand out beyond the last one's width.
            decorations.Draw(canvas, paint, piece.Line, piece.X, isLast ? piece.Line.Left + piece.Line.Width : layout.Pieces[next].X);
            canvas.Restore();
        }
    }

    void Move(SKCanvas canvas, int index, in Pose pose)
    {
        var box = layout.BoxOf(layout.Pieces[index]);
        canvas.Translate((float)pose.X, (float)pose.Y);
        canvas.RotateDegrees((float)pose.Rotation, box.MidX, box.MidY);
        canvas.Scale((float)(pose.Scale * pose.StretchX), (float)(pose.Scale * pose.StretchY), box.MidX, box.MidY);
    }

    GlyphInk Ink(int index) => ink[index] ??= new([layout.Pieces[index]], layout.Size, cancellationToken);

    void DrawGlow(SKCanvas canvas, int index, PiecePose pose)
    {
        if (pose.Glow == 0)
            return;
        using var blur = SKMaskFilter.CreateBlur(SKBlurStyle.Normal, GlowDeviation * layout.Size);
        using var paint = new SKPaint { Color = Faded(accent, pose.Glow * pose.Pose.Opacity), IsAntialias = true, MaskFilter = blur };
        // Twice: once is hardly seen round thin letters.
        Ink(index).DrawOutlines(canvas, paint);
        Ink(index).DrawOutlines(canvas, paint);
    }

    void DrawStroke(SKCanvas canvas, int index, PiecePose pose)
    {
        using var paint = StrokePaint(pose);
        Ink(index).DrawOutlines(canvas, paint);
    }

    void DrawFill(SKCanvas canvas, int index, PiecePose pose)
    {
        using var paint = FillPaint(pose);
        Ink(index).Draw(canvas, paint);
    }

    void DrawHole(SKCanvas canvas, int index, PiecePose pose)
    {
        using var paint = HolePaint(pose);
        Ink(index).Draw(canvas, paint);
    }

    SKPaint StrokePaint(PiecePose pose)
    {
        var paint = look.StrokePaint();
        paint.Color = Faded(paint.Color, pose.Pose.Opacity);
        return paint;
    }

    SKPaint FillPaint(PiecePose pose) => new() { Color = Faded(ColorOf(pose).WithAlpha(byte.MaxValue), pose.Pose.Opacity), IsAntialias = true };

    static SKPaint HolePaint(PiecePose pose) => new() { Color = Faded(SKColors.Black, pose.Pose.Opacity), IsAntialias = true, BlendMode = SKBlendMode.DstOut };

    bool IsTranslucent(PiecePose pose) => ColorOf(pose).Alpha < byte.MaxValue;

    SKColor ColorOf(PiecePose pose) => Mixed(look.Color, pose.Color, pose.ColorShare);

    static SKColor Mixed(SKColor from, SKColor to, double share)
    {
        byte Mix(byte first, byte second) => (byte)Math.Round(first + (second - first) * share);
        return new(Mix(from.Red, to.Red), Mix(from.Green, to.Green), Mix(from.Blue, to.Blue), Mix(from.Alpha, to.Alpha));
    }
}
