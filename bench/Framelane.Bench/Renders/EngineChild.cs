using System.Text.Json;
using Framelane.Bench.Common;
using Framelane.Bench.Load;

namespace Framelane.Bench.Renders;

/// <summary>The renderer in a process like a worker's, which is asked again and again.</summary>
sealed class EngineChild : IAsyncDisposable
{
    readonly Child child;

    EngineChild(Child child) => this.child = child;

    public int Id => child.Id;

    public static async Task<EngineChild> StartAsync(string data)
    {
        var child = Child.StartOwn(["engine", "--data", data], ApiProcess.CollectorSettings);
        await child.ReadLineAsync();
        return new(child);
    }

    /// <returns>The file.</returns>
    public async Task<string> RenderAsync(EngineOrder order)
    {
        child.Ask(JsonSerializer.Serialize(order));
        return await child.ReadLineAsync();
    }

    public ValueTask DisposeAsync() => child.DisposeAsync();
}
