using Framelane.Bench.Catalogue;
using Framelane.Bench.Common;
using Framelane.Bench.Load;
using Framelane.Bench.Proofs;
using Framelane.Bench.Renders;
using Framelane.Bench.Speed;

if (args is not [var command, .. var options])
{
    Console.Error.WriteLine("What is to be run? See bench/run.sh and bench/prove.sh.");
    return 2;
}

try
{
    var arguments = new Arguments(options);
    return command switch
    {
        "signing" => SigningBench.Run(arguments),
        "rotation" => await RotationBench.RunAsync(arguments),
        "isolation" => await IsolationBench.RunAsync(arguments),
        "startup" => await StartupBench.RunAsync(arguments),
        "embedded" => await EmbeddedProcess.RunAsync(arguments),
        "delivery" => await DeliveryBench.RunAsync(arguments),
        "fleet" => await FleetBench.RunAsync(arguments),
        "claims" => await ClaimsBench.RunAsync(arguments),
        "render" => await RenderBench.RunAsync(arguments),
        "memory" => await MemoryBench.RunAsync(arguments),
        "effects" => EffectsBench.Run(arguments),
        "engine" => await EngineProcess.RunAsync(arguments),
        "claim" => await ClaimProcess.RunAsync(),
        "sink" => await CountingSink.RunAsync(),
        "dispatch" => await DispatchProcess.RunAsync(arguments),
        "bare" => await BareProcess.RunAsync(arguments),
        "barrier" => await BarrierProof.RunAsync(arguments),
        "crash" => await CrashProof.RunAsync(arguments),
        "nodes" => await NodesProof.RunAsync(arguments),
        "lost" => await LostProof.RunAsync(arguments),
        "fairness" => await FairnessProof.RunAsync(arguments),
        "renders" => await RenderProof.RunAsync(arguments),
        "producer" => await ProducerProcess.RunAsync(arguments),
        _ => throw new UsageException($"There is no '{command}'."),
    };
}
catch (UsageException wrong)
{
    Console.Error.WriteLine(wrong.Message);
    return 2;
}
