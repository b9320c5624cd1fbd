// The host mistakes a core module for a component, and the other way round.

using Wasmtime;

namespace Host.Lesson08;

internal static class CoreModule
{
    public static void Run()
    {
        using var engine = new Engine();

        // ANCHOR: core-module
        try
        {
            using var component = Guests.LoadComponent(engine, "08-wit");
        }
        catch (WasmtimeException error)
        {
            Console.WriteLine($"the module as a component: {Guest.Cause(error)}");
        }
        try
        {
            using var module = Guests.Load(engine, "08-wit.component");
        }
        catch (WasmtimeException error)
        {
            Console.WriteLine($"the component as a module: {Guest.Cause(error)}");
        }
        // ANCHOR_END: core-module
    }
}
