using System.Runtime.Intrinsics;

namespace Framelane.Rendering.Transitions.Kernels;

/// <summary>The order in which the points of a picture give way to the second one's. A struct, so that it is inlined in the loop.</summary>
interface IShape
{
    /// <param name="x">The middles of eight pixels, from the left.</param>
    /// <param name="y">From the top.</param>
    Reach At(Vector256<float> x, Vector256<float> y);
}

/// <param name="At">How much of the whole time has passed when the edge comes, 0 to 1.</param>
/// <param name="Softness">How much of the whole time it takes to pass; above 0.</param>
readonly record struct Reach(Vector256<float> At, Vector256<float> Softness)
{
    public Reach(Vector256<float> at, float softness)
        : this(at, Vector256.Create(softness))
    {
    }

    /// <summary>Below 0 the edge is still to come, above 1 it has passed; at progress 0 it has come nowhere, at 1 passed everywhere.</summary>
    public Vector256<float> Passed(float progress) => (Vector256.Create(progress) - At) / Softness + Vector256.Create(progress);
}
