using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Framelane.Rendering.Effects;

/// <summary>Numbers that are read eight at once, at any places.</summary>
sealed unsafe class Table
{
    readonly float[] numbers;
    readonly uint* first;

    public Table(int length, Func<int, double> number)
    {
        numbers = GC.AllocateUninitializedArray<float>(length, pinned: true);
        for (var i = 0; i < length; i++)
            numbers[i] = (float)number(i);
        first = (uint*)Unsafe.AsPointer(ref numbers[0]);
    }

    /// <param name="places">None may lie outside.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> At(Vector256<int> places) => Wide.Gather(first, places).AsSingle();
}
