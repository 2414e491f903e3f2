using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Framelane.Rendering.Effects;

/// <summary>A function of 0 to 1 as a table, read at the nearest of its thousand places.</summary>
sealed class Curve(Func<double, double> function)
{
    const int Steps = 1024;

    readonly Table table = new(Steps + 1, step => function((double)step / Steps));

    /// <param name="values">Those beyond 0 and 1 are read there.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> At(Vector256<float> values) => table.At((Wide.Unit(values) * Steps).Plus(0.5f).Whole());
}
